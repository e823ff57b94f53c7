using Quern.Jinja.Values;
using Quern.Projects.Nodes;

namespace Quern.Projects.Artifacts;

/// <summary>What an artifact of a project says beside its manifest.</summary>
sealed record ManifestFacts
{
    /// <summary>What the project defines.</summary>
    public required Manifest Manifest { get; init; }

    /// <summary>What the caller asked for.</summary>
    public required Invocation Invocation { get; init; }

    /// <summary>Name of the project that runs.</summary>
    public required string ProjectName { get; init; }

    /// <summary>Folder of artifacts as the project names it: <c>target</c>.</summary>
    public string TargetPath { get; init; } = "target";

    /// <summary>How a node's relation prints.</summary>
    public required Func<Node, string> RelationOf { get; init; }

    /// <summary>The macros of all packages.</summary>
    public IReadOnlyList<MacroText> Macros { get; init; } = [];

    /// <summary>Definitions of selectors.yml by name.</summary>
    public IReadOnlyDictionary<string, object?> Selectors { get; init; } = new Dictionary<string, object?>();

    /// <summary>Which parts of names are quoted.</summary>
    public Dict Quoting { get; init; } = new();

    /// <summary>SQL of the nodes that have been compiled, by id.</summary>
    public IReadOnlyDictionary<string, string> Compiled { get; init; } = new Dictionary<string, string>();

    /// <summary>The relation that artifacts name for a node; null when it makes none.</summary>
    public string? Relation(Node node) => node.Kind switch
    {
        ResourceKind.Model when node.IsEphemeral => null,
        ResourceKind.Model or ResourceKind.Seed or ResourceKind.Snapshot => RelationOf(node),
        ResourceKind.Test when StoresFailures(node) => RelationOf(node),
        _ => null,
    };

    bool StoresFailures(Node test) =>
        test.Config.Text("store_failures_as") is { } how ? how != "ephemeral"
        : Invocation.StoreFailures ?? test.Config.Flag("store_failures") ?? false;
}

/// <summary>A macro with its text.</summary>
/// <param name="Id"><c>macro.package.name</c>.</param>
/// <param name="Package">Its package.</param>
/// <param name="Name">Its name.</param>
/// <param name="File">Its file from the package's folder.</param>
/// <param name="Text">From its opening tag to its closing one; empty when that is not known.</param>
sealed record MacroText(string Id, string Package, string Name, string File, string Text);
