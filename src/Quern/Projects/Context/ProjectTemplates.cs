using System.Collections.Concurrent;
using Quern.Jinja;
using Quern.Jinja.Values;
using Quern.Projects.Nodes;
using Quern.Projects.Reading;
using Quern.Projects.Times;
using Quern.Projects.Warehouses;

namespace Quern.Projects.Context;

/// <summary>Renders what a project holds in templates, while it is read and while it runs: the one place that knows what templates see
/// (specification section 2). Made once a project; safe to share between threads.</summary>
/// <remarks>While parsing, undefined names forgive, <c>execute</c> is false, and nothing asks the database; while running, undefined
/// names print nothing and are errors when something is called or taken of them, in macros too, and the context has a session.</remarks>
public sealed partial class ProjectTemplates
{
    readonly TemplateEnvironment _forgiving = ProjectLanguage.Make(UndefinedMode.Forgiving);
    readonly TemplateEnvironment _strict = ProjectLanguage.Make(UndefinedMode.Stock);
    readonly ConcurrentDictionary<string, Template> _parsed = new(StringComparer.Ordinal);
    readonly MacroCatalog _macros;
    Manifest? _manifest;
    Links? _links;
    Lazy<Dict> _graph = new(GraphValues.Empty);

    /// <summary>Loads the macros of all packages, the library's own below them. QN70xx for a macro file that cannot be read.</summary>
    /// <param name="project">Root project and packages, with their macro files and settings.</param>
    /// <param name="invocation">What the caller asked for.</param>
    public ProjectTemplates(ProjectSet project, Invocation invocation)
    {
        ArgumentNullException.ThrowIfNull(project);
        ArgumentNullException.ThrowIfNull(invocation);
        (Project, Invocation) = (project, invocation);
        Variables = new Variables(project, invocation);
        var functions = ProjectFunctions.Make(this);
        _macros = new MacroCatalog(project, _forgiving, functions, NativeMacros.All, invocation.Warn);
        functions["adapter"] = AdapterFunctions.Make(new Dispatch(project, _macros));
    }

    /// <summary>The macros of all packages: <c>macro.package.name</c> by id.</summary>
    public IReadOnlyDictionary<string, ProjectMacro> Macros => _macros.ById;

    /// <summary>The manifest that refs are looked up in while running; set when the project is read.</summary>
    public Manifest? Manifest
    {
        get => _manifest;
        set
        {
            (_manifest, _links) = (value, value is null ? null : new Links(value, Project.Root.Name));
            _graph = new Lazy<Dict>(() => value is null ? GraphValues.Empty() : GraphValues.Of(value, this));
        }
    }

    /// <summary>Ids of what a run was asked for: <c>selected_resources</c>. Default: none.</summary>
    public IReadOnlyList<string> SelectedResources
    {
        get;
        set
        {
            field = value;
            Selected = value.ToHashSet(StringComparer.Ordinal);
        }
    } = [];

    /// <summary>Relations of another run, which refs mean where this one has none; null without <c>--defer</c>. Default: null.</summary>
    public DeferredRelations? Deferred { get; set; }

    /// <summary><see cref="SelectedResources"/> as a set.</summary>
    internal IReadOnlySet<string> Selected { get; private set; } = new HashSet<string>();

    /// <summary>The manifest as templates see it; made when one asks.</summary>
    internal Dict Graph => _graph.Value;

    internal ProjectSet Project { get; }

    internal Invocation Invocation { get; }

    internal Variables Variables { get; }

    internal Links Links => _links ?? throw new InvalidOperationException("The manifest is set before anything runs.");

    /// <summary>Renders a node's template for what it says about itself. Thread-safe.</summary>
    /// <param name="text">The template.</param>
    /// <param name="node">Who it is: package, name, file, path; its schema and alias may still be empty.</param>
    /// <param name="config">The configuration by path and YAML.</param>
    /// <returns>What the template said.</returns>
    /// <exception cref="QuernException">QN70xx, QN71xx, exit code 2: the template is none, or fails.</exception>
    public NodeCapture Parse(string text, Node node, NodeConfig config)
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentNullException.ThrowIfNull(node);
        ArgumentNullException.ThrowIfNull(config);
        var capture = new CaptureList();
        if (!Template.HasMarks(text)) return capture.Make(text);
        var scope = new NodeScope(this, node, null) { Capture = capture, Config = config.Values };
        return capture.Make(Run(text, node.File, scope, null));
    }

    /// <summary>Renders a node for running, with the queries of ephemeral models it reads put in.</summary>
    /// <param name="node">A model, snapshot, test, analysis or operation of the manifest; a seed has no SQL.</param>
    /// <param name="session">The connection for queries that the template runs.</param>
    /// <param name="batch">The part of it that is built; null for all of it. Default: null.</param>
    /// <exception cref="QuernException">QN70xx, QN71xx: the template fails. QN7185: it is written in Python.</exception>
    public CompiledNode Compile(Node node, WarehouseSession session, EventBatch? batch = null)
    {
        ArgumentNullException.ThrowIfNull(node);
        ArgumentNullException.ThrowIfNull(session);
        var (sql, ephemeral) = RenderNode(node, session, batch);
        if (ephemeral.Count == 0) return new CompiledNode(node, sql);
        var ctes = new List<(Node Node, string Sql)>();
        foreach (var parent in ephemeral) AddCtes(parent, session, ctes, []);
        return new CompiledNode(node, CteInjection.Inject(sql, ctes.ConvertAll(c => (c.Node.Name, c.Sql))));
    }

    /// <summary>Renders another text in the context of a node (or of none): a hook, an argument of a test.</summary>
    /// <param name="text">The template.</param>
    /// <param name="place">What errors call it.</param>
    /// <param name="node">The node whose hook it is; null for on-run-start and -end.</param>
    /// <param name="session">The connection.</param>
    /// <param name="extra">Names beside the usual ones: <c>results</c>, <c>schemas</c>. Default: none.</param>
    public string Render(
        string text, string place, Node? node, WarehouseSession session, IReadOnlyDictionary<string, object?>? extra = null)
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentNullException.ThrowIfNull(session);
        return Template.HasMarks(text) ? Run(text, place, new NodeScope(this, node, session), extra) : text;
    }

    /// <summary>Calls a macro by name: <c>name</c> (root project, packages, library) or <c>package.name</c>.</summary>
    /// <param name="name">The macro.</param>
    /// <param name="node">In whose context; null for none.</param>
    /// <param name="session">The connection; null to call it as while parsing.</param>
    /// <param name="positional">Values by position. Default: none.</param>
    /// <param name="named">Values by name. Default: none.</param>
    /// <param name="extra">Names beside the usual ones: <c>sql</c>, <c>pre_hooks</c>. Default: none.</param>
    /// <returns>What it returns, or its text.</returns>
    /// <exception cref="QuernException">QN7133 there is no such macro; QN70xx it fails.</exception>
    public object? CallMacro(
        string name,
        Node? node,
        WarehouseSession? session,
        IEnumerable<object?>? positional = null,
        IEnumerable<KeyValuePair<string, object?>>? named = null,
        IReadOnlyDictionary<string, object?>? extra = null)
    {
        ArgumentNullException.ThrowIfNull(name);
        var scope = new NodeScope(this, node, session);
        var macro = _macros.Resolve(name, scope.Package) ?? throw new QuernException(
            new Fault("QN7133", $"there is no macro named {name}")
            {
                Try = NearestName.Of(name, MacroNames()) is { } near ? [$"did you mean {near}?"] : [],
                ExitCode = ExitCode.Usage,
            });
        return Run(scope, $"macro {name}", _forgiving, extra, rendering => rendering.Call(macro, positional, named));
    }

    /// <summary>The relation that a node makes.</summary>
    public Relation RelationOf(Node node)
    {
        ArgumentNullException.ThrowIfNull(node);
        if (node.IsEphemeral) return new Relation(null, null, CteInjection.NameOf(node.Name), RelationKind.Cte);
        var relation = new Relation(node.Database, node.Schema, node.Alias.Length == 0 ? node.Name : node.Alias);
        relation = relation.WithQuoting(Project.Root.Quoting);
        return node.Config["quoting"] is Dict own ? relation.WithQuoting(own) : relation;
    }

    /// <summary>The relation of a table of a source: its place in the database, or its file.</summary>
    public Relation RelationOf(SourceTable table)
    {
        ArgumentNullException.ThrowIfNull(table);
        var relation = new Relation(table.Database, table.Schema, table.Identifier) { Location = table.ExternalLocation };
        relation = relation.WithQuoting(Project.Root.Quoting);
        return table.Config["quoting"] is Dict own ? relation.WithQuoting(own) : relation;
    }

    /// <summary>The macros of a package by name; null when it has none. The library's package is <c>dbt</c>.</summary>
    internal IReadOnlyDictionary<string, object>? MacrosOf(string package) => _macros.Of(package);

    internal IEnumerable<string> MacroNames() => _macros.Names();

    /// <summary>The parsed form of a text, in the mode of a scope.</summary>
    internal Template ParseTemplate(string text, string place, NodeScope scope)
    {
        var key = $"{place}\0{text}";
        if (!_parsed.TryGetValue(key, out var template)) template = _parsed.GetOrAdd(key, _forgiving.Parse(text, place));
        return scope.IsParsing ? template : template.In(_strict);
    }

    (string Sql, List<Node> Ephemeral) RenderNode(Node node, WarehouseSession session, EventBatch? batch = null)
    {
        if (node.IsPython) throw PythonCalls.NotRun(node);
        var scope = new NodeScope(this, node, session) { Batch = batch };
        var sql = Template.HasMarks(node.RawCode) ? Run(node.RawCode, node.File, scope, null) : node.RawCode;
        return (sql, scope.Ephemeral);
    }

    void AddCtes(Node node, WarehouseSession session, List<(Node Node, string Sql)> ctes, List<string> path)
    {
        // By id: of two with the same name, in two packages, neither is left out; the engine then says that the name comes twice.
        if (ctes.Exists(c => c.Node.Id == node.Id)) return;
        if (path.Contains(node.Id))
        {
            throw new QuernException(
                new Fault("QN7111", "models read each other in a circle")
                {
                    Value = string.Join(" -> ", path.Append(node.Id)),
                    ExitCode = ExitCode.Usage,
                });
        }
        path.Add(node.Id);
        var (sql, ephemeral) = RenderNode(node, session);
        foreach (var parent in ephemeral) AddCtes(parent, session, ctes, path);
        path.RemoveAt(path.Count - 1);
        ctes.Add((node, sql));
    }

    string Run(string text, string place, NodeScope scope, IReadOnlyDictionary<string, object?>? extra)
    {
        var template = ParseTemplate(text, place, scope);
        return Run(scope, place, template.Environment, extra, rendering => rendering.Render(template));
    }

    T Run<T>(
        NodeScope scope,
        string place,
        TemplateEnvironment environment,
        IReadOnlyDictionary<string, object?>? extra,
        Func<Rendering, T> run)
    {
        var cancel = scope.IsParsing ? CancellationToken.None : scope.Session.Cancellation;
        var names = NodeNames.Make(scope, _macros.NamesFor(scope.Package), extra);
        var rendering = new Rendering(environment, names, cancel) { State = scope, Undefined = scope.IsParsing ? null : UndefinedMode.Stock };
        try
        {
            return run(rendering);
        }
        catch (QuernException error)
        {
            throw NodeFailure.Of(error, rendering, scope, place);
        }
    }
}
