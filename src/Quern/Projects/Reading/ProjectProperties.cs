namespace Quern.Projects.Reading;

/// <summary>What the YAML files of all packages say.</summary>
sealed class ProjectProperties
{
    readonly Dictionary<string, ResourcePatch> _patches = new(StringComparer.Ordinal);
    readonly Dictionary<string, ResourcePatch> _versions = new(StringComparer.Ordinal);

    /// <summary>Patches in the order of their files.</summary>
    public List<ResourcePatch> Patches { get; } = [];

    /// <summary>Entries of the sections that define resources, in the order of their files: sources, exposures, unit_tests.</summary>
    public List<(string Section, PropertiesFile File, Yaml.YamlMap Entry)> Definitions { get; } = [];

    /// <summary>Finds what is said of a resource; null for nothing.</summary>
    public ResourcePatch? Find(string package, string section, string name) => _patches.GetValueOrDefault($"{package}\0{section}\0{name}");

    /// <summary>Finds the version of a model that a file has; null when it is none.</summary>
    /// <param name="package">Its package.</param>
    /// <param name="file">Name of the file without ending.</param>
    public ResourcePatch? Version(string package, string file) => _versions.Count == 0 ? null : _versions.GetValueOrDefault($"{package}\0{file}");

    /// <summary>Says which file has a version of a model.</summary>
    /// <param name="patch">What is said of the version.</param>
    /// <param name="file">Name of the file without ending.</param>
    /// <param name="isMeant">False when the file may be that of another version.</param>
    public void AddVersion(ResourcePatch patch, string file, bool isMeant)
    {
        var key = $"{patch.File.Package.Name}\0{file}";
        if (isMeant) _versions[key] = patch;
        else _versions.TryAdd(key, patch);
    }

    /// <summary>Adds what is said of a resource.</summary>
    /// <exception cref="QuernException">QN7181: something is said of it already.</exception>
    public void Add(ResourcePatch patch)
    {
        Patches.Add(patch);
        if (patch.Version is not null) return;
        var key = $"{patch.File.Package.Name}\0{patch.Section}\0{patch.Name}";
        if (_patches.TryAdd(key, patch)) return;
        var other = _patches[key];
        throw new QuernException(new Fault("QN7181", "two entries describe the same resource")
        {
            Where = $"{other.File.Shown}:{other.Line} and {patch.File.Shown}:{patch.Line}",
            Value = $"\"{patch.Name}\" in {patch.Section}",
            Try = ["put both into one entry"],
            ExitCode = ExitCode.Usage,
        });
    }
}
