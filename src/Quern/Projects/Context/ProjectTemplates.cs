using Quern.Jinja;
using Quern.Jinja.Values;
using Quern.Projects.Nodes;
using Quern.Projects.Warehouses;

namespace Quern.Projects.Context;

/// <summary>Renders what a project holds in templates, while it is read and while it runs: the one place that knows what templates see
/// (specification section 2). Made once a project; safe to share between threads.</summary>
/// <remarks>CONTRACT: bodies to come with the context. While parsing, undefined names forgive, <c>execute</c> is false, and nothing asks the
/// database; while running, names are stock and the context has a session.</remarks>
public sealed class ProjectTemplates
{
    /// <summary>Loads the macros of all packages, the library's own below them. QN70xx for a macro file that cannot be read.</summary>
    /// <param name="project">Root project and packages, with their macro files and settings.</param>
    /// <param name="invocation">What the caller asked for.</param>
    public ProjectTemplates(ProjectSet project, Invocation invocation) => throw new NotImplementedException($"{project}{invocation}");

    /// <summary>The macros of all packages: <c>macro.package.name</c> by id.</summary>
    public IReadOnlyDictionary<string, ProjectMacro> Macros => throw new NotImplementedException();

    /// <summary>The manifest that refs are looked up in while running; set when the project is read.</summary>
    public Manifest? Manifest { get; set; }

    /// <summary>Renders a node's template for what it says about itself. Thread-safe.</summary>
    /// <param name="text">The template.</param>
    /// <param name="node">Who it is: package, name, file, path; its schema and alias may still be empty.</param>
    /// <param name="config">The configuration by path and YAML, which <c>config.get</c> sees.</param>
    /// <returns>What the template said.</returns>
    public NodeCapture Parse(string text, Node node, NodeConfig config) => throw new NotImplementedException();

    /// <summary>Calls <c>generate_schema_name</c>, <c>generate_alias_name</c> or <c>generate_database_name</c>, the project's own or the default.</summary>
    public string GenerateName(string macro, string? custom, Node node) => throw new NotImplementedException();

    /// <summary>Renders a value of a YAML file with <c>env_var</c>, <c>var</c>, <c>target</c> and, where a node is given, its package's variables; native types.</summary>
    public object? RenderValue(object? value, string place, string? package = null) => throw new NotImplementedException();

    /// <summary>Renders a node for running, with the queries of ephemeral models it reads put in.</summary>
    public CompiledNode Compile(Node node, WarehouseSession session) => throw new NotImplementedException();

    /// <summary>Renders another text in the context of a node (or of none): a hook, an argument of a test.</summary>
    /// <param name="text">The template.</param>
    /// <param name="place">What errors call it.</param>
    /// <param name="node">The node whose hook it is; null for on-run-start and -end.</param>
    /// <param name="session">The connection.</param>
    /// <param name="extra">Names beside the usual ones: <c>results</c>, <c>schemas</c>. Default: none.</param>
    public string Render(string text, string place, Node? node, WarehouseSession session, IReadOnlyDictionary<string, object?>? extra = null) =>
        throw new NotImplementedException();

    /// <summary>Calls a macro by name: <c>name</c> (root project, packages, library) or <c>package.name</c>.</summary>
    /// <returns>What it returns, or its text.</returns>
    public object? CallMacro(string name, Node? node, WarehouseSession? session, IEnumerable<object?>? positional = null, IEnumerable<KeyValuePair<string, object?>>? named = null) =>
        throw new NotImplementedException();

    /// <summary>The relation that a node makes.</summary>
    public Relation RelationOf(Node node) => throw new NotImplementedException();
}

/// <summary>What the template of a node said of itself while it was parsed.</summary>
/// <param name="Text">The text it rendered.</param>
/// <param name="Config">The keys that <c>config(...)</c> set, in order; hooks and tags of several calls appended.</param>
/// <param name="Refs">Its refs.</param>
/// <param name="Sources">Its sources.</param>
/// <param name="Macros">Ids of the macros it called, also through others.</param>
public sealed record NodeCapture(
    string Text, Dict Config, IReadOnlyList<RefCall> Refs, IReadOnlyList<SourceCall> Sources, IReadOnlyList<string> Macros);

/// <summary>A macro of a project, package or the library.</summary>
/// <param name="Id"><c>macro.package.name</c>.</param>
/// <param name="Package">Its package.</param>
/// <param name="File">Its file from the package's folder.</param>
/// <param name="Macro">The macro.</param>
public sealed record ProjectMacro(string Id, string Package, string File, Macro Macro);
