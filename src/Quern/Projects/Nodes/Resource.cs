using Quern.Jinja.Values;

namespace Quern.Projects.Nodes;

/// <summary>A thing in a project's graph. Complete after loading; does not change while a run goes on.</summary>
public abstract class Resource
{
    /// <summary>Unique in the graph: <c>model.shop.orders</c>, <c>source.shop.files.rates</c> (specification section 2.2).</summary>
    public required string Id { get; init; }

    /// <summary>What it is.</summary>
    public abstract ResourceKind Kind { get; }

    /// <summary>Its own name.</summary>
    public required string Name { get; init; }

    /// <summary>Name of the project or package it comes from.</summary>
    public required string Package { get; init; }

    /// <summary>Its file, from the folder of its package: <c>models/staging/orders.sql</c>.</summary>
    public required string File { get; init; }

    /// <summary>Line of the file it begins on, from 1. Default: 1.</summary>
    public int Line { get; init; } = 1;

    /// <summary>Package, folders and name, as selection and configuration by path see it.</summary>
    public required IReadOnlyList<string> Path { get; init; }

    /// <summary>The merged configuration.</summary>
    public NodeConfig Config { get; init; } = new();

    /// <summary>Description with its <c>doc()</c> calls done. Default: empty.</summary>
    public string Description { get; set; } = "";

    /// <summary>What the project says about it beyond what tools know.</summary>
    public Dict Meta => Config.Meta;

    /// <summary>Its tags, in the order in which they were given, each once.</summary>
    public IReadOnlyList<string> Tags => Config.Tags;

    /// <summary>Ids of what it reads, in order of appearance, each once.</summary>
    public List<string> DependsOn { get; } = [];

    /// <inheritdoc/>
    public override string ToString() => Id;
}
