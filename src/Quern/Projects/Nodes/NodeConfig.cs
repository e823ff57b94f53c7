using Quern.Jinja.Values;

namespace Quern.Projects.Nodes;

/// <summary>The merged configuration of a node: keys without the plus sign, values rendered (specification section 2.1).</summary>
public sealed class NodeConfig
{
    /// <summary>All keys, as <c>config.get</c> and <c>config.KEY:</c> see them.</summary>
    public Dict Values { get; init; } = new();

    /// <summary>What is set, merged as <see cref="Values"/> but as it is written, templates and all, without defaults; null where nobody
    /// keeps it. Runs for different targets are compared by it.</summary>
    public Dict? Written { get; set; }

    /// <summary>Reads a key; null when it is not set.</summary>
    public object? this[string key]
    {
        get => Values[key];
        set => Values[key] = value;
    }

    /// <summary>Whether the node takes part. Default: true.</summary>
    public bool Enabled => Values["enabled"] is not false;

    /// <summary>How it lands: <c>view</c>, <c>table</c>, <c>seed</c>, <c>test</c>...</summary>
    public string Materialized => Text("materialized") ?? "view";

    /// <summary>Tags, each once.</summary>
    public IReadOnlyList<string> Tags => Texts("tags");

    /// <summary>What the project says beyond what tools know.</summary>
    public Dict Meta => Values["meta"] as Dict ?? new Dict();

    /// <summary>A key as text; null when it is not set or no text.</summary>
    public string? Text(string key) => Values[key] as string;

    /// <summary>A key that may be one text or a list of texts. Default: none.</summary>
    public IReadOnlyList<string> Texts(string key) => Values[key] switch
    {
        string one => [one],
        List<object?> list => [.. list.OfType<string>()],
        TupleValue tuple => [.. tuple.OfType<string>()],
        _ => [],
    };

    /// <summary>A key as true or false; null when it is not set.</summary>
    public bool? Flag(string key) => Values[key] as bool?;
}
