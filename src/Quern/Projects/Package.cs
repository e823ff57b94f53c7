using Quern.Jinja.Values;

namespace Quern.Projects;

/// <summary>A project or package as it lies in its folder: what dbt_project.yml says and the files it points at.</summary>
public sealed class Package
{
    /// <summary>Its name.</summary>
    public required string Name { get; init; }

    /// <summary>Absolute path of its folder.</summary>
    public required string Folder { get; init; }

    /// <summary>Version it gives itself; empty when it gives none.</summary>
    public string Version { get; init; } = "";

    /// <summary>Name of its profile; null when it names none.</summary>
    public string? Profile { get; init; }

    /// <summary>Folders by kind, from its own: model, seed, snapshot, test, macro, analysis, docs, asset.</summary>
    public required IReadOnlyDictionary<string, IReadOnlyList<string>> Paths { get; init; }

    /// <summary>Folder of artifacts, from its own. Default: <c>target</c>.</summary>
    public string TargetPath { get; init; } = "target";

    /// <summary>Folders that <c>clean</c> empties. Default: <c>target</c>.</summary>
    public IReadOnlyList<string> CleanTargets { get; init; } = ["target"];

    /// <summary>Folder of packages, from its own. Default: <c>dbt_packages</c>.</summary>
    public string PackagesPath { get; init; } = "dbt_packages";

    /// <summary>Variables as they stand in the file, not rendered: global ones and, by package, scoped ones.</summary>
    public Dict Vars { get; init; } = new();

    /// <summary>Sections of configuration by path, rendered: models, seeds, snapshots, data_tests, sources, exposures, unit_tests.</summary>
    public IReadOnlyDictionary<string, Dict> Configs { get; init; } = new Dictionary<string, Dict>();

    /// <summary>The same sections as they are written, not rendered.</summary>
    public IReadOnlyDictionary<string, Dict> WrittenConfigs { get; init; } = new Dictionary<string, Dict>();

    /// <summary>Search orders of dispatch: packages by namespace.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<string>> Dispatch { get; init; } = new Dictionary<string, IReadOnlyList<string>>();

    /// <summary>Templates of on-run-start, not rendered.</summary>
    public IReadOnlyList<string> OnRunStart { get; init; } = [];

    /// <summary>Templates of on-run-end, not rendered.</summary>
    public IReadOnlyList<string> OnRunEnd { get; init; } = [];

    /// <summary>Which parts of names are quoted: database, schema, identifier. Default: all.</summary>
    public Dict Quoting { get; init; } = new();

    /// <summary>Flags of the file.</summary>
    public Dict Flags { get; init; } = new();

    /// <summary>The whole file as it stands, not rendered.</summary>
    public Dict Raw { get; init; } = new();

    /// <summary>Macro files: those under macro paths, and those of generic tests under <c>tests/generic</c>.</summary>
    public IReadOnlyList<TemplateFile> MacroFiles { get; init; } = [];
}
