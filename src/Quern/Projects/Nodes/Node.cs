namespace Quern.Projects.Nodes;

/// <summary>A resource with code: model, seed, snapshot, test, analysis or operation.</summary>
public sealed class Node(ResourceKind kind) : Resource
{
    /// <inheritdoc/>
    public override ResourceKind Kind => kind;

    /// <summary>Absolute path of the folder of its package.</summary>
    public required string PackageFolder { get; init; }

    /// <summary>File from its model, seed or test path, as compiled files are laid out: <c>staging/orders.sql</c>.</summary>
    public required string PathInRoot { get; init; }

    /// <summary>The template; for a seed empty.</summary>
    public string RawCode { get; init; } = "";

    /// <summary>Whether it is a model in Python, which is known but never run.</summary>
    public bool IsPython => Kind == ResourceKind.Model && File.EndsWith(".py", StringComparison.OrdinalIgnoreCase);

    /// <summary>What it is written in: <c>sql</c> or <c>python</c>.</summary>
    public string Language => IsPython ? "python" : "sql";

    /// <summary>Catalog of its relation.</summary>
    public string Database { get; set; } = "";

    /// <summary>Schema of its relation.</summary>
    public string Schema { get; set; } = "";

    /// <summary>Name of its relation.</summary>
    public string Alias { get; set; } = "";

    /// <summary>Columns that YAML describes, by name, in order.</summary>
    public OrderedDictionary<string, ColumnInfo> Columns { get; } = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Constraints of the whole model, as YAML gives them.</summary>
    public List<object?> Constraints { get; } = [];

    /// <summary>The calls of <c>ref</c> that parsing saw, in order.</summary>
    public List<RefCall> Refs { get; } = [];

    /// <summary>The calls of <c>source</c> that parsing saw, in order.</summary>
    public List<SourceCall> Sources { get; } = [];

    /// <summary>Ids of the macros that parsing saw called: <c>macro.shop.count_rows</c>.</summary>
    public List<string> Macros { get; } = [];

    /// <summary>The file whose YAML describes it, from its package's folder; null when none does.</summary>
    public string? PatchFile { get; set; }

    /// <summary>For a generic test: what it tests; null for any other node.</summary>
    public GenericTest? Test { get; init; }

    /// <summary>For an operation of on-run-start or on-run-end: its position there, from 0.</summary>
    public int HookIndex { get; init; }

    /// <summary>For a versioned model: its version; null otherwise.</summary>
    public object? Version { get; init; }

    /// <summary>For a versioned model: the version that <c>ref</c> without one means.</summary>
    public object? LatestVersion { get; init; }

    /// <summary>SHA-256 of the raw file, in hex.</summary>
    public string Checksum { get; init; } = "";

    /// <summary>Whether it makes no relation: its query goes into those who read it.</summary>
    public bool IsEphemeral => Kind == ResourceKind.Model && Config.Materialized == "ephemeral";
}
