using Quern.Files;
using Quern.Projects.Settings;

namespace Quern.Projects;

/// <summary>Which folders hold what earlier runs left in a project: those that <c>clean-targets</c> names.</summary>
public static class ProjectCleaning
{
    /// <summary>The folders, absolute, whether they are there or not. Reads dbt_project.yml and nothing else.</summary>
    /// <param name="invocation">What the caller asked for.</param>
    /// <exception cref="QuernException">QN7304, exit code 2: a folder lies outside of the project, is it, or holds its sources. QN71xx: the project
    /// file cannot be read.</exception>
    public static IReadOnlyList<string> Folders(Invocation invocation)
    {
        ArgumentNullException.ThrowIfNull(invocation);
        var folder = invocation.ProjectFolder;
        var raw = PackageReader.ReadRaw(folder, PackageReader.FileName);
        var root = PackageReader.Make(raw, folder, PackageReader.FileName, new SettingsTemplates(invocation, null, secrets: false));
        var sources = root.Paths.Values.SelectMany(p => p).Select(p => Full(folder, p)).ToList();
        var targets = root.CleanTargets.Select(t => Full(folder, t)).ToList();
        foreach (var target in targets)
        {
            if (!IsIn(target, folder) || target == folder || !IsIn(Place(target), Place($"{folder}/in")))
                throw Refused(target, "a folder inside of the project");
            if (sources.Exists(s => IsIn(s, target) || IsIn(target, s))) throw Refused(target, "a folder without models, seeds, macros and the like");
        }
        return targets;
    }

    /// <summary>Whether there is anything at the place of a folder: a folder, a link, or a file.</summary>
    public static bool Remains(string folder) => Directory.Exists(folder) || File.Exists(folder) || new FileInfo(folder).LinkTarget is not null;

    /// <summary>Removes a folder with all in it; nothing when it is not there. A link is removed, never what it leads to.</summary>
    /// <param name="folder">One of <see cref="Folders"/>.</param>
    /// <exception cref="QuernException">QN7315, exit code 1: it cannot be removed, or a file is in its place. A part may be gone.</exception>
    public static void Remove(string folder)
    {
        try
        {
            if (new FileInfo(folder).LinkTarget is not null) File.Delete(folder);
            else if (File.Exists(folder)) throw NotRemoved(folder, "a file of this name is there", $"rm {folder}     if nothing needs it", null);
            else if (Directory.Exists(folder)) Directory.Delete(folder, recursive: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw NotRemoved(folder, e.Message, $"ls -ld {folder}", e);
        }
    }

    static QuernException NotRemoved(string folder, string why, string hint, Exception? cause) => new(
        new Fault("QN7315", "a folder cannot be removed") { Where = folder, Value = why, Try = [hint] },
        cause);

    static string Full(string folder, string path) => Path.GetFullPath(Path.Combine(folder, path)).TrimEnd('/');

    /// <summary>The folder that a path lies in, without links; of those that are there the last one.</summary>
    static string Place(string path)
    {
        var parent = Path.GetDirectoryName(path) ?? "/";
        return Libc.RealPath(parent, 0) ?? Place(parent);
    }

    static bool IsIn(string path, string folder) => path == folder || path.StartsWith(folder.TrimEnd('/') + "/", StringComparison.Ordinal);

    static QuernException Refused(string target, string wanted) => new(new Fault("QN7304", "this folder is not removed")
    {
        Where = $"clean-targets in {PackageReader.FileName}",
        Value = target,
        Wanted = wanted,
        Try = ["take it out of clean-targets"],
        ExitCode = ExitCode.Usage,
    });
}
