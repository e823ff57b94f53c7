using Quern.Projects.Context;
using Quern.Projects.Nodes;

namespace Quern.Projects.Reading;

/// <summary>Reads everything that a project and its packages define.</summary>
sealed class ManifestReader
{
    readonly ProjectSet _set;
    readonly Invocation _invocation;
    readonly ProjectTemplates _templates;
    readonly Manifest _manifest = new();
    readonly NodeSettings _settings;
    readonly RelationNames _names;
    readonly PropertiesReader _reader;
    readonly DocsBlocks _docs;
    readonly Dictionary<string, (List<RefCall> Refs, List<SourceCall> Sources)> _exposures = new(StringComparer.Ordinal);
    readonly List<PlacedTest> _tests = [];
    readonly CancellationToken _cancel;

    public ManifestReader(ProjectSet set, ProjectTemplates templates, Invocation invocation, CancellationToken cancel)
    {
        (_set, _templates, _invocation, _cancel) = (set, templates, invocation, cancel);
        _settings = new NodeSettings(set.Root);
        _names = new RelationNames(templates, set);
        _reader = new PropertiesReader(templates, invocation.Warn);
        _docs = new DocsBlocks(_manifest, set.Root.Name);
    }

    /// <summary>Reads, parses and links.</summary>
    public Manifest Read(IReadOnlyList<ProjectFiles> files, IEnumerable<PropertiesFile> yaml)
    {
        foreach (var package in files) _docs.Read(package);
        var properties = _reader.Read(yaml);
        var drafts = files.SelectMany(f => NodeDrafts.Of(f, properties)).ToList();
        var nodes = new NodeReader(_templates, _settings, _names);
        var made = Each.Of(drafts, nodes.Read, _cancel);
        for (var i = 0; i < made.Length; i++) Add(drafts[i], made[i]);
        foreach (var (section, file, entry) in properties.Definitions) Define(section, file, entry);
        foreach (var patch in properties.Patches.Where(p => !p.IsUsed))
            _invocation.Warn("QN7190", $"{patch.File.Shown}:{patch.Line}: {patch.Section} describes {patch.Name}, which does not exist");
        var tests = new GenericTests(_templates, _set, _settings, _names, _reader);
        foreach (var test in Each.Of(_tests, t => tests.Read(t.File, t.Entry, t.Target), _cancel)) Add(test);
        CheckNames();
        new Linker(_manifest, _set.Root.Name, _invocation.Warn).Link(_exposures);
        CheckPaths();
        return _manifest;
    }

    void Add(NodeDraft draft, Node node)
    {
        Add(node);
        if (draft.Patch is not { } patch) return;
        node.Description = _docs.Describe(patch.Description, node.Package, patch.File.Shown);
        foreach (var column in node.Columns.Values) column.Description = _docs.Describe(column.Description, node.Package, patch.File.Shown);
        if (!node.Config.Enabled) return;
        var target = TestTarget.Of(node);
        foreach (var test in patch.Tests) _tests.Add(new PlacedTest(patch.File, test, target));
    }

    void Add(Node node)
    {
        if (!node.Config.Enabled)
        {
            _manifest.Disabled[node.Id] = node;
            return;
        }
        if (_manifest.Nodes.TryAdd(node.Id, node)) return;
        // The same test twice at one place is one test; two files of one name are not one model.
        if (node.Test is not null) return;
        throw Twins(_manifest.Nodes[node.Id], node);
    }

    void Define(string section, PropertiesFile file, Yaml.YamlMap entry)
    {
        switch (section)
        {
            case "sources":
                foreach (var (table, tests) in new SourceReader(_reader, _docs, _settings, _set.Target).Read(file, entry))
                {
                    Keep(table, _manifest.Sources);
                    if (table.Config.Enabled) _tests.AddRange(tests.Select(t => new PlacedTest(file, t, TestTarget.Of(table))));
                }
                break;
            case "exposures":
                var (exposure, refs, sources) = new ExposureReader(_reader, _docs, _settings).Read(file, entry);
                Keep(exposure, _manifest.Exposures);
                _exposures[exposure.Id] = (refs, sources);
                break;
            default:
                if (new UnitTestReader(_reader, _settings).Read(file, entry) is { } test) Keep(test, _manifest.UnitTests);
                break;
        }
    }

    void Keep<T>(T resource, OrderedDictionary<string, T> kept)
        where T : Resource
    {
        if (!resource.Config.Enabled) _manifest.Disabled[resource.Id] = resource;
        else if (!kept.TryAdd(resource.Id, resource)) throw Twins(kept[resource.Id], resource);
    }

    void CheckNames()
    {
        var named = new Dictionary<string, Node>(StringComparer.Ordinal);
        var made = new Dictionary<string, Node>(StringComparer.Ordinal);
        foreach (var node in _manifest.Nodes.Values)
        {
            if (node.Kind is not (ResourceKind.Model or ResourceKind.Seed or ResourceKind.Snapshot)) continue;
            var name = $"{node.Package}\0{(node.Version is null ? node.Name : node.Id)}";
            if (!named.TryAdd(name, node)) throw Twins(named[name], node);
            if (node.IsEphemeral) continue;
            var relation = $"{node.Database}\0{node.Schema}\0{node.Alias}".ToLowerInvariant();
            if (made.TryAdd(relation, node)) continue;
            throw new QuernException(new Fault("QN7191", "two models make the same relation")
            {
                Where = $"{made[relation].File} and {node.File}",
                Value = $"{node.Database}.{node.Schema}.{node.Alias}",
                Try = ["give one of them another alias or schema"],
                ExitCode = ExitCode.Usage,
            });
        }
    }

    void CheckPaths()
    {
        var paths = new HashSet<string>(StringComparer.Ordinal);
        foreach (var resource in _manifest.Resources.Concat(_manifest.Disabled.Values))
        {
            for (var i = 1; i <= resource.Path.Count; i++) paths.Add(string.Join('.', resource.Path.Take(i)));
        }
        var unused = _set.Root.Configs.SelectMany(c => PathConfig.Paths(c.Value).Where(p => !paths.Contains(p)).Select(p => $"{c.Key}.{p}")).ToList();
        if (unused.Count > 0) _invocation.Warn("QN7192", $"configuration in dbt_project.yml that applies to nothing: {string.Join(", ", unused)}");
    }

    static QuernException Twins(Resource first, Resource second) => new(new Fault("QN7112", "two models have the same name")
    {
        Where = $"{first.File} and {second.File}",
        Value = $"\"{second.Name}\"",
        Try = ["rename one of them"],
        ExitCode = ExitCode.Usage,
    });

    sealed record PlacedTest(PropertiesFile File, TestEntry Entry, TestTarget Target);
}
