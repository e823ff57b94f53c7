using Quern.Jinja.Values;
using Quern.Projects;
using Quern.Projects.Nodes;
using Quern.Projects.Selection;

namespace Quern.Tests.Projects.Selection;

/// <summary>A manifest made by hand.</summary>
sealed class Sketch
{
    public Manifest Manifest { get; } = new();

    public Sketch Model(string path, string[]? reads = null, string? tags = null, string materialized = "view", Dict? config = null,
        string package = "shop", string? patch = null, object? version = null, object? latest = null)
    {
        var name = path.Split('/')[^1];
        var parts = path.Split('/').Prepend(package).ToList();
        var id = $"model.{package}.{name}";
        if (version is not null)
        {
            parts.Add($"v{version}");
            id += $".v{version}";
        }
        var node = new Node(ResourceKind.Model)
        {
            Id = id,
            Name = name,
            Package = package,
            PackageFolder = "/project",
            File = $"models/{path}.sql",
            PathInRoot = $"{path}.sql",
            Path = parts,
            RawCode = $"select 1 -- {name}",
            Checksum = "c0ffee",
            Database = "shop",
            Schema = "main",
            Alias = name,
            PatchFile = patch,
            Version = version,
            LatestVersion = latest,
            Config = Config(config, tags, materialized),
        };
        return Add(node, reads);
    }

    public Sketch Seed(string name, string? tags = null) => Add(
        new Node(ResourceKind.Seed)
        {
            Id = $"seed.shop.{name}",
            Name = name,
            Package = "shop",
            PackageFolder = "/project",
            File = $"seeds/{name}.csv",
            PathInRoot = $"{name}.csv",
            Path = ["shop", name],
            Checksum = "5eed",
            Database = "shop",
            Schema = "raw",
            Alias = name,
            Config = Config(null, tags, "seed"),
        },
        null);

    public Sketch Test(string test, string on, string? column = null, string[]? alsoReads = null, Dict? config = null, string? ns = null)
    {
        var attached = Find(on);
        var name = $"{(ns is null ? "" : ns + "_")}{(attached is SourceTable ? "source_" : "")}{test}_{attached.Name}_{column}".TrimEnd('_');
        var arguments = new Dict();
        if (column is not null) arguments["column_name"] = column;
        return Add(
            new Node(ResourceKind.Test)
            {
                Id = $"test.shop.{name}.0123456789",
                Name = name,
                Package = "shop",
                PackageFolder = "/project",
                File = $"{Path.GetDirectoryName(attached.File)}/schema.yml",
                PathInRoot = $"{name}.sql",
                Path = [.. attached.Path.Take(attached.Path.Count - 1), name],
                Alias = name,
                Schema = "main_dbt_test__audit",
                Database = "shop",
                Test = new GenericTest(ns, test, arguments, column, attached.Id),
                Config = Config(config, null, "test"),
            },
            [on, .. alsoReads ?? []]);
    }

    public Sketch Singular(string name, params string[] reads) => Add(
        new Node(ResourceKind.Test)
        {
            Id = $"test.shop.{name}",
            Name = name,
            Package = "shop",
            PackageFolder = "/project",
            File = $"tests/{name}.sql",
            PathInRoot = $"{name}.sql",
            Path = ["shop", name],
            RawCode = "select 1 where false",
            Config = Config(null, null, "test"),
        },
        reads);

    public Sketch Source(string source, string table)
    {
        var it = new SourceTable
        {
            Id = $"source.shop.{source}.{table}",
            Name = table,
            Package = "shop",
            File = "models/staging/sources.yml",
            Path = ["shop", "staging", source, table],
            Source = source,
            Database = "shop",
            Schema = source,
            Identifier = table,
        };
        Manifest.Sources[it.Id] = it;
        return this;
    }

    public Sketch Exposure(string name, params string[] reads)
    {
        var it = new Exposure
        {
            Id = $"exposure.shop.{name}",
            Name = name,
            Package = "shop",
            File = "models/exposures.yml",
            Path = ["shop", name],
            Properties = new Dictionary<string, object?> { ["type"] = "dashboard" },
        };
        it.DependsOn.AddRange(reads.Select(r => Find(r).Id));
        Manifest.Exposures[it.Id] = it;
        return this;
    }

    public Sketch UnitTest(string name, string model)
    {
        var it = new UnitTest
        {
            Id = $"unit_test.shop.{model}.{name}",
            Name = name,
            Package = "shop",
            File = "models/unit.yml",
            Path = ["shop", model, name],
            Model = model,
            Given = [],
            Expect = new Fixture(null, "dict", new List<object?>(), null),
        };
        it.DependsOn.Add(Find(model).Id);
        Manifest.UnitTests[it.Id] = it;
        return this;
    }

    public Node Node(string name) => (Node)Find(name);

    public Resource Find(string name) => Manifest.Resources.First(r => r.Name == name || r.Id == name);

    public SelectionResult Select(string verb, SelectionRequest request, SelectorFile? selectors = null) =>
        new NodeSelector(Manifest, "shop", null, selectors).Select(request, verb);

    /// <summary>Names of what one or more criteria select for a listing, sorted, blanks between.</summary>
    public string Names(params string[] select) => Names(new SelectionRequest { Select = select });

    public string Names(SelectionRequest request, string verb = "ls", SelectorFile? selectors = null) =>
        string.Join(' ', Select(verb, request, selectors).Resources.Select(r => r.Name).Order(StringComparer.Ordinal));

    static NodeConfig Config(Dict? config, string? tags, string materialized)
    {
        var values = config?.Copy() ?? new Dict();
        values["materialized"] = materialized;
        if (tags is not null) values["tags"] = new List<object?>(tags.Split(' '));
        return new NodeConfig { Values = values };
    }

    Sketch Add(Node node, string[]? reads)
    {
        foreach (var name in reads ?? [])
        {
            var read = Find(name);
            node.DependsOn.Add(read.Id);
            if (read is SourceTable source) node.Sources.Add(new SourceCall(source.Source, source.Name));
            else node.Refs.Add(new RefCall(null, read.Name, null));
        }
        Manifest.Nodes[node.Id] = node;
        return this;
    }
}
