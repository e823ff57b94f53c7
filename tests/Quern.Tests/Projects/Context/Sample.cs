using Quern.Duck;
using Quern.Jinja.Values;
using Quern.Projects;
using Quern.Projects.Context;
using Quern.Projects.Nodes;
using Quern.Projects.Warehouses;

namespace Quern.Tests.Projects.Context;

/// <summary>A project put together in memory, without the files and the YAML of a real one, over a database in memory.</summary>
sealed class Sample : IDisposable
{
    readonly Manifest _manifest = new();
    readonly Lazy<Warehouse> _warehouse;
    readonly Lazy<WarehouseSession> _session;

    public Sample(
        string macros = "",
        Dict? vars = null,
        IReadOnlyDictionary<string, IReadOnlyList<string>>? dispatch = null,
        Func<Invocation, Invocation>? invocation = null,
        Dict? quoting = null,
        params (string Package, string Macros)[] packages)
    {
        Root = MakePackage("shop", macros, vars, dispatch, quoting);
        var all = packages.Select(p => MakePackage(p.Package, p.Macros, null, null, null)).Prepend(Root).ToList();
        var target = new Target { ProfileName = "shop", Name = "dev", Database = "memory", Threads = 2 };
        var given = new Invocation
        {
            ProjectFolder = "/shop",
            WorkingDirectory = "/shop",
            Which = "build",
            Environment = name => Variables.GetValueOrDefault(name),
            StartedAt = new DateTimeOffset(2024, 3, 10, 8, 9, 10, TimeSpan.Zero),
            Id = new Guid("11111111-2222-3333-4444-555555555555"),
            Log = (message, info) => Logged.Add((message, info)),
            Warn = (code, message) => Warned.Add((code, message)),
        };
        Templates = new ProjectTemplates(new ProjectSet(Root, all, target), invocation?.Invoke(given) ?? given) { Manifest = _manifest };
        _warehouse = new Lazy<Warehouse>(() => new Warehouse(
            DuckDatabase.Open(new DuckOptions { MemoryLimitBytes = 512 << 20, Threads = 1, TempDirectory = Path.GetTempPath() }), []));
        _session = new Lazy<WarehouseSession>(() => _warehouse.Value.Connect());
    }

    public Package Root { get; }

    public ProjectTemplates Templates { get; }

    public Dictionary<string, string> Variables { get; } = [];

    public List<(string Message, bool Info)> Logged { get; } = [];

    public List<(string Code, string Message)> Warned { get; } = [];

    public WarehouseSession Session => _session.Value;

    public Manifest Manifest => _manifest;

    /// <summary>Adds a model, parses it, and links what it refers to.</summary>
    public Node Model(string name, string sql, string materialized = "view", string package = "shop", Dict? config = null, string? schema = null) =>
        Add(ResourceKind.Model, name, sql, new Dict { ["materialized"] = materialized }, config, package, schema, null);

    public Node Seed(string name) => Add(ResourceKind.Seed, name, "", new Dict { ["materialized"] = "seed" }, null, "shop", null, null);

    public Node Test(string name, string sql, GenericTest? test = null, Dict? config = null) =>
        Add(ResourceKind.Test, name, sql, new Dict { ["materialized"] = "test" }, config, "shop", null, test);

    public SourceTable Source(string source, string table, string? location = null)
    {
        var made = new SourceTable
        {
            Id = $"source.shop.{source}.{table}",
            Name = table,
            Package = "shop",
            File = "models/sources.yml",
            Path = ["shop", source, table],
            Source = source,
            Database = "memory",
            Schema = source,
            Identifier = table,
            ExternalLocation = location,
        };
        _manifest.Sources[made.Id] = made;
        return made;
    }

    /// <summary>The compiled text of a node.</summary>
    public string Compile(Node node) => Templates.Compile(node, Session).Sql;

    /// <summary>Renders a text for running, as a hook of no node.</summary>
    public string Render(string text, Node? node = null) => Templates.Render(text, "a hook", node, Session);

    /// <summary>What an expression gives while running.</summary>
    public string Value(string expression, Node? node = null) => Render("{{ " + expression + " }}", node);

    /// <summary>What a text renders to while parsing.</summary>
    public string ParseText(string text) => Templates.Parse(text, Make(ResourceKind.Model, "parsed", text, new Dict(), "shop", null, null), new NodeConfig()).Text;

    /// <summary>The first value of the first row of a query.</summary>
    public object? Query(string sql) => Session.Query(sql).Rows[0][0];

    public void Dispose()
    {
        if (_session.IsValueCreated) _session.Value.Dispose();
        if (_warehouse.IsValueCreated) _warehouse.Value.Dispose();
    }

    Node Add(ResourceKind kind, string name, string sql, Dict config, Dict? more, string package, string? schema, GenericTest? test)
    {
        foreach (var (key, value) in more ?? new Dict()) config[key] = value;
        var first = Make(kind, name, sql, config, package, schema, test);
        var capture = Templates.Parse(sql, first, first.Config);
        foreach (var (key, value) in capture.Config) config[key] = value;
        var node = Make(kind, name, sql, config, package, schema, test);
        node.Refs.AddRange(capture.Refs);
        node.Sources.AddRange(capture.Sources);
        node.Macros.AddRange(capture.Macros);
        foreach (var call in capture.Refs)
        {
            var parent = _manifest.Nodes.Values.First(n => n.Name == call.Name && (call.Version is null || Equals(n.Version, call.Version)));
            node.DependsOn.Add(parent.Id);
        }
        node.DependsOn.AddRange(capture.Sources.Select(c => $"source.shop.{c.Source}.{c.Table}"));
        _manifest.Nodes[node.Id] = node;
        Templates.Manifest = _manifest;
        return node;
    }

    static Node Make(ResourceKind kind, string name, string sql, Dict config, string package, string? schema, GenericTest? test) => new(kind)
    {
        Id = $"{kind.Name()}.{package}.{name}",
        Name = name,
        Package = package,
        PackageFolder = "/shop",
        File = $"models/{name}.sql",
        PathInRoot = $"{name}.sql",
        Path = [package, name],
        RawCode = sql,
        Database = "memory",
        Schema = schema ?? "main",
        Alias = config["alias"] as string ?? name,
        Config = new NodeConfig { Values = config },
        Test = test,
    };

    static Package MakePackage(
        string name, string macros, Dict? vars, IReadOnlyDictionary<string, IReadOnlyList<string>>? dispatch, Dict? quoting) => new()
        {
            Name = name,
            Folder = name == "shop" ? "/shop" : $"/shop/dbt_packages/{name}",
            Paths = new Dictionary<string, IReadOnlyList<string>>(),
            Vars = vars ?? new Dict(),
            Dispatch = dispatch ?? new Dictionary<string, IReadOnlyList<string>>(),
            Quoting = quoting ?? new Dict(),
            MacroFiles = macros.Length == 0 ? [] : [new TemplateFile($"macros/{name}.sql", $"{name}.sql", macros.Trim())],
        };
}
