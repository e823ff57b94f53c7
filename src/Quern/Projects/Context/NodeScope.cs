using Quern.Jinja;
using Quern.Jinja.Values;
using Quern.Projects.Nodes;
using Quern.Projects.Times;
using Quern.Projects.Warehouses;

namespace Quern.Projects.Context;

/// <summary>What one rendering knows beside its names: for whom it renders, and what it may do. Kept in <see cref="Rendering.State"/>,
/// so that
/// the functions of the context are made once a project and shared by all threads.</summary>
/// <param name="templates">The project's templates.</param>
/// <param name="node">For whom; null for none (a macro that is run by name).</param>
/// <param name="session">The connection; null while parsing.</param>
sealed class NodeScope(ProjectTemplates templates, Node? node, WarehouseSession? session)
{
    public ProjectTemplates Templates => templates;

    public Node? Node => node;

    /// <summary>The package whose macros and variables come first.</summary>
    public string Package => node?.Package ?? templates.Project.Root.Name;

    /// <summary>Whether this is parsing: nothing is asked of a database.</summary>
    public bool IsParsing => session is null;

    /// <summary>The connection, for functions that are not there while parsing.</summary>
    public WarehouseSession Session => session ?? throw new InvalidOperationException("no connection while parsing");

    /// <summary>Takes what the template says of itself; null when nobody asks.</summary>
    public CaptureList? Capture { get; init; }

    /// <summary>The configuration that <c>config.get</c> sees.</summary>
    public Dict Config { get; init; } = node?.Config.Values ?? new Dict();

    /// <summary>The part of the node that is built; null for all of it.</summary>
    public EventBatch? Batch { get; init; }

    /// <summary>Results of statements by name.</summary>
    public Dictionary<string, object?> Results { get; } = new(StringComparer.Ordinal);

    /// <summary>The ephemeral models it read, in order, each once.</summary>
    public List<Node> Ephemeral { get; } = [];

    /// <summary>The scope of the rendering a call happens in.</summary>
    public static NodeScope Of(Arguments arguments) => (NodeScope)arguments.Rendering.State!;

    /// <summary>The node as errors call it: <c>model orders (models/orders.sql)</c>.</summary>
    public static string Describe(Node node) => $"{node.Kind.Name()} {node.Name} ({node.File})";
}
