using System.Globalization;
using Quern.Duck;
using Quern.Jinja.Values;
using Quern.Models;
using Quern.Models.Results;
using Quern.Projects;
using Quern.Projects.Context;
using Quern.Projects.Nodes;
using Quern.Projects.Warehouses;
using Quern.Tests.Files;

namespace Quern.Tests.Models;

/// <summary>A project put together by hand, with a database and a folder of its own, that is run as a whole.</summary>
sealed class TestProject : IDisposable
{
    readonly string _macros;
    readonly Dict _flags = new();
    readonly List<(string Code, string Sentence)> _warnings = [];
    Warehouse? _warehouse;

    public TestProject(string macros = "") => _macros = macros;

    public ScratchFolder Folder { get; } = new();

    /// <summary>Names of what lies in the folder beside artifacts.</summary>
    public IEnumerable<string> Files =>
        Directory.EnumerateFileSystemEntries(Folder.Path).Select(f => Path.GetFileName(f)).Where(name => name != "target");

    public Manifest Manifest { get; private set; } = new();

    public Invocation Invocation { get; set; } = null!;

    public TestTime Time { get; } = new();

    public int Threads { get; set; } = 1;

    public bool FullRefresh { get; set; }

    public bool FailFast { get; set; }

    public bool? StoreFailures { get; set; }

    public string Which { get; set; } = "build";

    public Dict Flags => _flags;

    /// <summary>dbt_project.yml as it was written.</summary>
    public Dict Raw { get; } = new();

    public RunSettings Settings { get; set; } = new();

    public IReadOnlyList<(string Code, string Sentence)> Warnings => _warnings;

    public List<string> Told { get; } = [];

    /// <summary>Is told the name of each node that begins.</summary>
    public Action<string> Began { get; set; } = _ => { };

    /// <summary>The database's file; null for one in memory.</summary>
    public string? File { get; init; }

    public Warehouse Warehouse => _warehouse ??= new Warehouse(
        DuckDatabase.Open(new DuckOptions { Path = File, MemoryLimitBytes = 500_000_000, Threads = 2, TempDirectory = "" }), []);

    public string Database => File is null ? "memory" : Path.GetFileNameWithoutExtension(File);

    /// <summary>Forgets all nodes, so that they can be given anew for another run.</summary>
    public void Clear() => Manifest = new Manifest();

    public Node Model(string name, string sql, string materialized = "table", params (string Key, object? Value)[] config) =>
        Add(ResourceKind.Model, name, sql, $"models/{name}.sql", materialized, config);

    public Node Snapshot(string name, string sql, params (string Key, object? Value)[] config) =>
        Add(ResourceKind.Snapshot, name, sql, $"snapshots/{name}.sql", "snapshot", config);

    public Node Test(string name, string sql, params (string Key, object? Value)[] config) =>
        Add(ResourceKind.Test, name, sql, $"tests/{name}.sql", "test", config);

    public Node Seed(string name, string csv, params (string Key, object? Value)[] config)
    {
        Folder.Write($"seeds/{name}.csv", csv);
        return Add(ResourceKind.Seed, name, "", $"seeds/{name}.csv", "seed", config);
    }

    /// <summary>The table <c>source('files', name)</c> at a location as it stands in SQL; types by column.</summary>
    public SourceTable Source(string name, string location, params (string Name, string Type)[] columns)
    {
        var table = new SourceTable
        {
            Id = $"source.shop.files.{name}",
            Name = name,
            Package = "shop",
            File = "models/sources.yml",
            Line = 7,
            Path = ["shop", "files", name],
            Config = new NodeConfig { Values = new Dict() },
            Source = "files",
            Database = Database,
            Schema = "files",
            Identifier = name,
            ExternalLocation = location,
        };
        foreach (var (column, type) in columns) table.Columns[column] = new ColumnInfo { Name = column, DataType = type };
        Manifest.Sources[table.Id] = table;
        return table;
    }

    public Node Hook(string moment, int index, string sql)
    {
        var node = Make(ResourceKind.Operation, $"shop-{moment}-{index.ToString(CultureInfo.InvariantCulture)}", sql, "dbt_project.yml", "view", [], index);
        Manifest.Nodes[node.Id] = node;
        return node;
    }

    public UnitTest UnitTest(string name, string model, Fixture expect, params Fixture[] given) =>
        UnitTest(name, model, new Dict(), expect, given);

    public UnitTest UnitTest(string name, string model, Dict overrides, Fixture expect, params Fixture[] given)
    {
        var tested = Manifest.Nodes.Values.First(n => n.Name == model);
        var test = new UnitTest
        {
            Id = $"unit_test.shop.{model}.{name}",
            Name = name,
            Package = "shop",
            File = "models/tests.yml",
            Path = ["shop", model, name],
            Model = model,
            Given = given,
            Expect = expect,
            Overrides = overrides,
        };
        test.DependsOn.Add(tested.Id);
        Manifest.UnitTests[test.Id] = test;
        return test;
    }

    /// <summary>Runs everything there is, or what is named.</summary>
    public RunResults Run(params string[] names) => Run(CancellationToken.None, names);

    public RunResults Run(CancellationToken cancel, params string[] names)
    {
        Told.Clear();
        var project = Load();
        var resources = Manifest.Resources.Where(r => r.Kind != ResourceKind.Operation && (names.Length == 0 || names.Contains(r.Name))).ToList();
        return new ProjectRunner(project, Warehouse, new Teller(Told, Began)) { Settings = Settings }.Run(resources, cancel);
    }

    public LoadedProject Load()
    {
        var package = new Package
        {
            Name = "shop",
            Folder = Folder.Path,
            Paths = new Dictionary<string, IReadOnlyList<string>>(),
            Flags = _flags,
            Raw = Raw,
            MacroFiles = _macros.Length == 0 ? [] : [new TemplateFile("macros/all.sql", "all.sql", _macros.Trim())],
        };
        var target = new Target { ProfileName = "shop", Name = "dev", Database = Database, Threads = Threads, ExternalRoot = Folder.Path };
        Invocation = new Invocation
        {
            ProjectFolder = Folder.Path,
            WorkingDirectory = Folder.Path,
            Which = Which,
            FullRefresh = FullRefresh,
            FailFast = FailFast,
            StoreFailures = StoreFailures,
            Environment = _ => null,
            StartedAt = Time.GetUtcNow(),
            Time = Time,
            Warn = (code, sentence) => _warnings.Add((code, sentence)),
        };
        var set = new ProjectSet(package, [package], target);
        var templates = new ProjectTemplates(set, Invocation);
        foreach (var node in Manifest.Nodes.Values) Link(node, templates);
        templates.Manifest = Manifest;
        return new LoadedProject(Invocation, set, templates, Manifest);
    }

    /// <summary>The rows of a query as texts, columns with a bar between, NULL as <c>-</c>.</summary>
    public List<string> Rows(string sql)
    {
        using var session = Warehouse.Connect();
        return [.. session.Query(sql).Rows.Select(r => string.Join('|', r.Select(v => v is null ? "-" : PythonText.Of(v))))];
    }

    public void Execute(string sql)
    {
        using var session = Warehouse.Connect();
        session.Execute(sql);
    }

    /// <summary>Names, kinds and columns of everything in the database.</summary>
    public List<string> Relations() => Rows(
        """
        select table_schema || '.' || table_name || ' ' || lower(table_type) || ' ' ||
            (select string_agg(column_name || ' ' || data_type, ', ' order by ordinal_position) from information_schema.columns c
             where c.table_schema = t.table_schema and c.table_name = t.table_name)
        from information_schema.tables t where table_catalog <> 'temp' order by 1
        """);

    public void CloseDatabase()
    {
        _warehouse?.Dispose();
        _warehouse = null;
    }

    public void Dispose()
    {
        CloseDatabase();
        Folder.Dispose();
    }

    Node Add(ResourceKind kind, string name, string sql, string file, string materialized, (string Key, object? Value)[] config)
    {
        var node = Make(kind, name, sql, file, materialized, config, 0);
        Manifest.Nodes[node.Id] = node;
        return node;
    }

    Node Make(ResourceKind kind, string name, string sql, string file, string materialized, (string Key, object? Value)[] config, int index)
    {
        var values = new Dict { ["materialized"] = materialized };
        foreach (var (key, value) in config) values[key] = value;
        return new Node(kind)
        {
            Id = $"{kind.Name()}.shop.{name}",
            Name = name,
            Package = "shop",
            PackageFolder = Folder.Path,
            File = file,
            PathInRoot = Path.GetFileName(file),
            Path = ["shop", name],
            RawCode = sql,
            Database = Database,
            Schema = values["schema"] as string ?? (kind == ResourceKind.Test ? "audit" : "main"),
            Alias = values["alias"] as string ?? name,
            Config = new NodeConfig { Values = values },
            HookIndex = index,
        };
    }

    void Link(Node node, ProjectTemplates templates)
    {
        if (node.Kind is ResourceKind.Seed or ResourceKind.Operation || node.DependsOn.Count > 0) return;
        var calls = templates.Parse(node.RawCode, node, node.Config);
        foreach (var call in calls.Refs)
            if (Manifest.Nodes.Values.FirstOrDefault(n => n.Name == call.Name) is { } parent) node.DependsOn.Add(parent.Id);
        foreach (var call in calls.Sources)
            if (Manifest.Sources.Values.FirstOrDefault(s => s.Name == call.Table) is { } source) node.DependsOn.Add(source.Id);
    }

    sealed class Teller(List<string> told, Action<string> began) : RunWatcher
    {
        public override void Started(int index, int total, Resource node) => began(node.Name);

        public override void Finished(int index, int total, NodeResult result) =>
            told.Add(string.Create(CultureInfo.InvariantCulture, $"{index}/{total} {result.Node.Name} {result.Status.Name()}"));
    }
}
