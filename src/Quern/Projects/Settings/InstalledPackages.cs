using Quern.Jinja.Values;
using Quern.Yaml;

namespace Quern.Projects.Settings;

/// <summary>Finds the packages a project uses: the folders below its packages path, and those that packages.yml or dependencies.yml name
/// with <c>local:</c>. Nothing is ever fetched.</summary>
static class InstalledPackages
{
    static readonly string[] Lists = ["packages.yml", "dependencies.yml"];

    /// <summary>Reads the packages of a project.</summary>
    /// <param name="root">The root project.</param>
    /// <param name="plain">Renders the settings of packages.</param>
    /// <param name="secret">Renders the lists of packages.</param>
    /// <exception cref="QuernException">QN7175: fewer are there than are listed. QN7176: two have the same name. Or what
    /// <see cref="PackageReader"/> says.</exception>
    public static List<Package> Read(Package root, SettingsTemplates plain, SettingsTemplates secret)
    {
        var folders = new List<string>();
        var listed = new List<string>();
        foreach (var file in Lists.Where(f => File.Exists(Path.Combine(root.Folder, f))))
        {
            var list = YamlText.ReadMap(PackageFiles.Text(root.Folder, file), file);
            foreach (var entry in (list["packages"] as List<object?> ?? []).OfType<Dict>())
            {
                var rendered = (Dict)secret.Render(entry, file)!;
                if (rendered["local"] is string path) folders.Add(Path.GetFullPath(Path.Combine(root.Folder, path)));
                listed.Add(Texts.Of(rendered["local"] ?? rendered["package"] ?? rendered["name"] ?? rendered["git"] ?? rendered["tarball"]) ?? "?");
            }
        }
        foreach (var folder in folders.Where(f => !File.Exists(Path.Combine(f, PackageReader.FileName)))) throw Absent(root, listed, folder);
        var locals = folders.Count;
        var installed = Path.GetFullPath(Path.Combine(root.Folder, root.PackagesPath));
        if (Directory.Exists(installed))
        {
            folders.AddRange(Directory.EnumerateDirectories(installed)
                .Where(f => File.Exists(Path.Combine(f, PackageReader.FileName)))
                .Order(StringComparer.Ordinal));
        }
        var local = folders.Take(locals).ToHashSet(StringComparer.Ordinal);
        var packages = new List<Package>();
        var real = new HashSet<string>(StringComparer.Ordinal) { Real(root.Folder) };
        foreach (var folder in folders.Where(f => real.Add(Real(f))))
        {
            var shown = Path.GetRelativePath(root.Folder, Path.Combine(folder, PackageReader.FileName));
            var package = PackageReader.Make(PackageReader.ReadRaw(folder, shown), folder, shown, plain);
            if (packages.Prepend(root).FirstOrDefault(p => p.Name == package.Name) is { } twin)
            {
                // A copy of a local package among the installed ones: the place that is listed counts.
                if (local.Contains(twin.Folder)) continue;
                throw Twins(package.Name, twin.Folder, folder);
            }
            packages.Add(package);
        }
        if (packages.Count < listed.Count) throw Absent(root, listed, installed);
        return packages;
    }

    static string Real(string folder) => new DirectoryInfo(folder).ResolveLinkTarget(returnFinalTarget: true)?.FullName ?? folder;

    static QuernException Absent(Package root, List<string> listed, string folder) => new(
        new Fault("QN7175", "packages that the project lists are not installed")
        {
            Where = folder,
            Value = string.Join(", ", listed),
            Wanted = $"a folder with a {PackageReader.FileName} for each of them",
            Try = ["run `dbt deps` where there is a network", $"copy the packages into {root.PackagesPath}/"],
            ExitCode = ExitCode.Usage,
        });

    static QuernException Twins(string name, string first, string second) => new(
        new Fault("QN7176", "two packages have the same name")
        {
            Where = $"{first} and {second}",
            Value = $"\"{name}\"",
            Try = ["remove or rename one of them"],
            ExitCode = ExitCode.Usage,
        });
}
