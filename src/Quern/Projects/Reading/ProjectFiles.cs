using Quern.Projects.Settings;
using Quern.Yaml;

namespace Quern.Projects.Reading;

/// <summary>The files of a package, each in the order of its path. Reads nothing but names until asked.</summary>
sealed class ProjectFiles
{
    static readonly string[] Described = ["model", "seed", "snapshot", "analysis", "macro", "test"];

    /// <summary>Finds the files of a package.</summary>
    public ProjectFiles(Package package)
    {
        Package = package;
        Models = Find(package, "model", ".sql");
        Seeds = Find(package, "seed", ".csv");
        Snapshots = Find(package, "snapshot", ".sql");
        Analyses = Find(package, "analysis", ".sql");
        Tests = [.. Find(package, "test", ".sql").Where(f => !f.PathInRoot.StartsWith("generic/", StringComparison.Ordinal)
            && !f.PathInRoot.StartsWith("fixtures/", StringComparison.Ordinal))];
        Docs = PackageFiles.Find(package.Folder, package.Paths["docs"], ".md");
        var described = Described.SelectMany(kind => package.Paths[kind]).Distinct();
        Yaml = PackageFiles.Find(package.Folder, described, ".yml", ".yaml");
        Python = Find(package, "model", ".py");
    }

    public Package Package { get; }

    public IReadOnlyList<FoundFile> Models { get; }

    public IReadOnlyList<FoundFile> Seeds { get; }

    public IReadOnlyList<FoundFile> Snapshots { get; }

    public IReadOnlyList<FoundFile> Analyses { get; }

    public IReadOnlyList<FoundFile> Tests { get; }

    public IReadOnlyList<FoundFile> Docs { get; }

    public IReadOnlyList<FoundFile> Yaml { get; }

    public IReadOnlyList<FoundFile> Python { get; }

    /// <summary>Reads and parses the YAML files.</summary>
    /// <exception cref="QuernException">Of the first file that is no YAML.</exception>
    public PropertiesFile[] ReadYaml() => Each.Of(Yaml, f =>
        new PropertiesFile(Package, f.File, f.PathInRoot, YamlText.ParseMap(PackageFiles.Text(Package.Folder, f.File), f.File)));

    static List<FoundFile> Find(Package package, string kind, string ending) =>
        PackageFiles.Find(package.Folder, package.Paths[kind], ending);
}
