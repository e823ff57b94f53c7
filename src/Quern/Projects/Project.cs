namespace Quern.Projects;

/// <summary>A dbt-style project as it lies in its folder: settings, models and macros, not yet compiled.</summary>
public sealed class Project
{
    internal Project(string folder, ProjectSettings settings, IReadOnlyList<ProjectFile> models, IReadOnlyList<ProjectFile> macros)
    {
        Folder = folder;
        Settings = settings;
        Models = models;
        Macros = macros;
    }

    /// <summary>Absolute path of the folder that holds dbt_project.yml.</summary>
    public string Folder { get; }

    /// <summary>What dbt_project.yml says.</summary>
    public ProjectSettings Settings { get; }

    /// <summary>Files under the model paths, in ordinal order.</summary>
    public IReadOnlyList<ProjectFile> Models { get; }

    /// <summary>Files under the macro paths, in ordinal order.</summary>
    public IReadOnlyList<ProjectFile> Macros { get; }

    /// <summary>Reads a project.</summary>
    /// <param name="folder">Absolute path of the folder that holds dbt_project.yml.</param>
    /// <exception cref="QuernException">QN7101 to QN7105, exit code 2: there is no project, or its YAML cannot be read.</exception>
    public static Project Read(string folder)
    {
        var path = Path.Combine(folder, "dbt_project.yml");
        if (!File.Exists(path))
        {
            throw new QuernException(new Fault("QN7101", "there is no project here")
            {
                Where = folder,
                Wanted = "a folder with a dbt_project.yml",
                ExitCode = ExitCode.Usage,
            });
        }
        var settings = ProjectSettings.Parse(File.ReadAllText(path), "dbt_project.yml");
        return new Project(folder, settings, Files(folder, settings.ModelPaths), Files(folder, settings.MacroPaths));
    }

    static List<ProjectFile> Files(string folder, IEnumerable<string> paths)
    {
        var files = new List<ProjectFile>();
        foreach (var root in paths.Select(p => Path.Combine(folder, p)).Where(Directory.Exists))
        {
            foreach (var path in Directory.EnumerateFiles(root, "*.sql", SearchOption.AllDirectories))
                files.Add(new ProjectFile(Path.GetRelativePath(folder, path), Path.GetRelativePath(root, path), File.ReadAllText(path).Trim()));
        }
        files.Sort((a, b) => string.CompareOrdinal(a.Path, b.Path));
        return files;
    }
}
