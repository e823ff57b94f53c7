using Quern.Jinja.Values;
using Quern.Projects.Context;
using Quern.Projects.Reading;
using Quern.Projects.Settings;

namespace Quern.Projects;

/// <summary>Reads a project with its packages and parses everything in it.</summary>
public static class ProjectLoader
{
    /// <summary>Reads dbt_project.yml, packages and, unless the caller gives a target, profiles.yml; loads macros, parses nodes and YAML,
    /// and links them.</summary>
    /// <exception cref="QuernException">Exit code 2: the project, a profile, a template or a reference is not right.</exception>
    public static LoadedProject Load(Invocation invocation, CancellationToken cancel = default) =>
        Load(invocation, LoadSet(invocation), cancel);

    /// <summary>Parses and links everything in a project whose settings <see cref="LoadSet"/> has read.</summary>
    /// <exception cref="QuernException">Exit code 2: a template or a reference is not right.</exception>
    public static LoadedProject Load(Invocation invocation, ProjectSet set, CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(invocation);
        ArgumentNullException.ThrowIfNull(set);
        var files = set.Packages.Select(p => new ProjectFiles(p)).ToList();
        var yaml = Task.Run(() => files.SelectMany(f => f.ReadYaml()).ToList(), cancel);
        ProjectTemplates templates;
        List<PropertiesFile> properties;
        try
        {
            templates = new ProjectTemplates(set, invocation);
        }
        finally
        {
            properties = yaml.GetAwaiter().GetResult();
        }
        var manifest = new ManifestReader(set, templates, invocation, cancel).Read(files, properties);
        templates.Manifest = manifest;
        return new LoadedProject(invocation, set, templates, manifest);
    }

    /// <summary>Reads dbt_project.yml, packages and profiles.yml only: what <c>debug</c> and <c>clean</c> need.</summary>
    /// <exception cref="QuernException">Exit code 2: the project or a profile is not right.</exception>
    public static ProjectSet LoadSet(Invocation invocation)
    {
        ArgumentNullException.ThrowIfNull(invocation);
        var secret = new SettingsTemplates(invocation, null, secrets: true);
        var raw = PackageReader.ReadRaw(invocation.ProjectFolder, PackageReader.FileName);
        var target = invocation.GivenTarget ?? ReadTarget(invocation, raw, secret);
        var plain = new SettingsTemplates(invocation, target, secrets: false);
        var root = PackageReader.Make(raw, invocation.ProjectFolder, PackageReader.FileName, plain);
        return new ProjectSet(root, [root, .. InstalledPackages.Read(root, plain, secret)], target);
    }

    // A catalog is called after its file, and errors name the file in full: of a path that is secret, these are too.
    static void HidePath(string path, Invocation invocation)
    {
        var secrets = invocation.Secrets;
        if (secrets.Hide(path) == path) return;
        secrets.Add(Path.GetFullPath(Path.Combine(invocation.WorkingDirectory, path)));
        secrets.Add(TargetReader.CatalogOf(path));
    }

    /// <summary>Absolute path of the folder of artifacts, from dbt_project.yml alone: an earlier run may know better where profiles.yml is.</summary>
    /// <exception cref="QuernException">Exit code 2: the project is not right, or its target path needs the target of a profile that is not.</exception>
    public static string TargetFolder(Invocation invocation)
    {
        ArgumentNullException.ThrowIfNull(invocation);
        return Path.GetFullPath(Path.Combine(invocation.ProjectFolder, invocation.TargetPath ?? OfProject()));

        string OfProject()
        {
            var raw = PackageReader.ReadRaw(invocation.ProjectFolder, PackageReader.FileName);
            var path = raw["target-path"] ?? "target";
            return path is string plain && !Jinja.Template.HasMarks(plain) ? plain : LoadSet(invocation).Root.TargetPath;
        }
    }

    static Target ReadTarget(Invocation invocation, Dict raw, SettingsTemplates secret)
    {
        var named = Texts.Of(secret.Render(raw["profile"], $"{PackageReader.FileName}, profile"));
        var (profile, name, output, shown) = ProfileFile.Read(invocation, named, secret);
        var target = TargetReader.Make(profile, name, output, shown, invocation.Threads, invocation.Warn);
        foreach (var path in target.Attach.Select(a => a.Path).Append(target.Path)) HidePath(path, invocation);
        return target;
    }
}
