using Quern.Jinja.Values;
using Quern.Projects.Settings;
using Quern.Yaml;

namespace Quern.Projects;

/// <summary>What packages a project asks for, and where they lie.</summary>
public static class PackageListing
{
    static readonly string[] Files = ["packages.yml", "dependencies.yml"];
    static readonly string[] Kinds = ["local", "package", "git", "tarball", "private"];

    /// <summary>Reads the lists of a project; looks for what they name, fetches nothing.</summary>
    /// <exception cref="QuernException">Exit code 2: the project or a list cannot be read.</exception>
    public static IReadOnlyList<ListedPackage> Read(Invocation invocation)
    {
        ArgumentNullException.ThrowIfNull(invocation);
        var templates = new SettingsTemplates(invocation, null, secrets: true);
        var root = invocation.ProjectFolder;
        var project = PackageReader.ReadRaw(root, PackageReader.FileName);
        var installed = Path.GetFullPath(
            templates.Render(project["packages-install-path"] ?? project["modules-path"], PackageReader.FileName) as string ?? "dbt_packages", root);
        var found = Directory.Exists(installed)
            ? Directory.EnumerateDirectories(installed).Order(StringComparer.Ordinal).Select(About).OfType<(string Folder, string Name, string Version)>().ToList()
            : [];
        var listed = new List<ListedPackage>();
        foreach (var file in Files.Where(f => File.Exists(Path.Combine(root, f))))
        {
            foreach (var entry in (YamlText.ReadMap(PackageFiles.Text(root, file), file)["packages"] as List<object?> ?? []).OfType<Dict>())
                listed.Add(Look((Dict)templates.Render(entry, file)!, root, found));
        }
        return listed;
    }

    static ListedPackage Look(Dict entry, string root, List<(string Folder, string Name, string Version)> found)
    {
        var kind = Kinds.FirstOrDefault(k => entry[k] is string) ?? "?";
        var name = entry[kind] as string ?? "?";
        var wanted = entry["version"] is List<object?> range ? string.Join(", ", Texts.Many(range)) : Texts.Of(entry["version"] ?? entry["revision"]);
        if (kind == "local")
        {
            var there = About(Path.GetFullPath(Path.Combine(root, name)));
            return new ListedPackage(kind, name, null, there?.Folder, there?.Version);
        }
        // By the name it has there, or by its folder: dbt_utils of dbt-labs/dbt_utils, or of .../dbt-utils.git.
        var last = (entry["name"] as string ?? name.TrimEnd('/').Split('/')[^1]).Replace(".git", "", StringComparison.Ordinal);
        string[] names = [last, last.Replace('-', '_')];
        var package = found.FirstOrDefault(f => names.Contains(f.Name) || names.Contains(Path.GetFileName(f.Folder)));
        return new ListedPackage(kind, Shown(name), wanted, package.Folder, package.Version);
    }

    static (string Folder, string Name, string Version)? About(string folder)
    {
        if (!File.Exists(Path.Combine(folder, PackageReader.FileName))) return null;
        var raw = PackageReader.ReadRaw(folder, PackageReader.FileName);
        return (folder, Texts.Of(raw["name"]) ?? Path.GetFileName(folder), Texts.Of(raw["version"]) ?? "");
    }

    // An address may hold a token: https://TOKEN@host/owner/name.git
    static string Shown(string name)
    {
        var (start, at) = (name.IndexOf("://", StringComparison.Ordinal), name.LastIndexOf('@'));
        return start >= 0 && at > start ? name[..(start + 3)] + name[(at + 1)..] : name;
    }
}
