namespace Quern.Projects.Reading;

/// <summary>What the YAML files of all packages say.</summary>
sealed class ProjectProperties
{
    readonly Dictionary<(string Package, string Section, string Name), ResourcePatch> _patches = [];

    /// <summary>Patches in the order of their files.</summary>
    public List<ResourcePatch> Patches { get; } = [];

    /// <summary>Versions of models, by package and file name without ending.</summary>
    public Dictionary<(string Package, string File), ResourcePatch> Versions { get; } = [];

    /// <summary>Entries of the sections that define resources, in the order of their files: sources, exposures, unit_tests.</summary>
    public List<(string Section, PropertiesFile File, Yaml.YamlMap Entry)> Definitions { get; } = [];

    /// <summary>Finds what is said of a resource; null for nothing.</summary>
    public ResourcePatch? Find(string package, string section, string name) => _patches.GetValueOrDefault((package, section, name));

    /// <summary>Adds what is said of a resource.</summary>
    /// <exception cref="QuernException">QN7181: something is said of it already.</exception>
    public void Add(ResourcePatch patch)
    {
        Patches.Add(patch);
        if (patch.Version is not null) return;
        if (_patches.TryAdd((patch.File.Package.Name, patch.Section, patch.Name), patch)) return;
        var other = _patches[(patch.File.Package.Name, patch.Section, patch.Name)];
        throw new QuernException(new Fault("QN7181", "two entries describe the same resource")
        {
            Where = $"{other.File.Shown}:{other.Line} and {patch.File.Shown}:{patch.Line}",
            Value = $"\"{patch.Name}\" in {patch.Section}",
            Try = ["put both into one entry"],
            ExitCode = ExitCode.Usage,
        });
    }
}
