using Quern.Jinja.Values;
using Quern.Projects.Context;
using Quern.Projects.Settings;
using Quern.Yaml;

namespace Quern.Projects.Reading;

/// <summary>Reads YAML files that describe resources. A section that is not as it should be is passed over with a warning, as dbt
/// does; text that is no YAML is an error.</summary>
/// <param name="templates">Renders configuration.</param>
/// <param name="warn">Takes warnings.</param>
sealed class PropertiesReader(ProjectTemplates templates, Action<string, string> warn)
{
    static readonly string[] Patched = ["models", "seeds", "snapshots", "analyses", "data_tests", "tests"];
    static readonly string[] Defining = ["sources", "exposures", "unit_tests"];

    /// <summary>Sections that say nothing a run needs.</summary>
    static readonly string[] Passed = ["macros", "groups", "functions", "version", "anchors"];

    /// <summary>Keys of configuration that may stand beside a <c>config:</c> block.</summary>
    static readonly string[] Beside = ["meta", "docs", "group", "access", "quote_columns"];

    readonly ProjectProperties _properties = new();
    readonly HashSet<string> _ignored = new(StringComparer.Ordinal);

    /// <summary>Reads files in order.</summary>
    /// <exception cref="QuernException">QN7181: two entries describe the same resource; or a template in them fails.</exception>
    public ProjectProperties Read(IEnumerable<PropertiesFile> files)
    {
        foreach (var file in files)
        {
            foreach (var (key, value) in file.Root?.Entries ?? [])
            {
                var section = key.Text;
                if (Passed.Contains(section)) continue;
                if (!Patched.Contains(section) && !Defining.Contains(section))
                {
                    if (_ignored.Add(section))
                        warn("QN7183", $"{file.Place(key)}: the section {section} is passed over: nothing in it is run");
                    continue;
                }
                if (value.IsNull) continue;
                if (value is not YamlList list)
                {
                    Broken(file, value, $"{section} is a list of entries that begin with `- name:`");
                    continue;
                }
                foreach (var entry in list.Items) Entry(file, section, entry);
            }
        }
        return _properties;
    }

    void Entry(PropertiesFile file, string section, YamlNode entry)
    {
        if (entry is not YamlMap map || Texts.Of(map["name"]?.Value()) is not { Length: > 0 } name)
        {
            Broken(file, entry, $"an entry of {section} is a mapping with a name");
            return;
        }
        if (Defining.Contains(section)) _properties.Definitions.Add((section, file, map));
        else if (map["versions"] is YamlList versions && section == "models") AddVersions(file, map, name, versions);
        else _properties.Add(Patch(file, section == "tests" ? "data_tests" : section, map, name, null));
    }

    ResourcePatch Patch(PropertiesFile file, string section, YamlMap map, string name, ResourcePatch? general, YamlMap? version = null, object? latest = null)
    {
        var columns = new ColumnReader(this, file);
        columns.Read(map["columns"]);
        var tests = new List<TestEntry>();
        tests.AddRange(Tests(file, map, null, [], false));
        tests.AddRange(columns.Tests);
        var config = Config(file, map);
        var written = WrittenConfig(map);
        IReadOnlyList<Nodes.ColumnInfo> all = columns.Columns;
        if (version is not null)
        {
            ConfigMerge.Into(config, Config(file, version));
            ConfigMerge.Into(written, WrittenConfig(version));
            if (version["columns"] is { } own)
            {
                var more = new ColumnReader(this, file);
                more.Read(own);
                all = more.Choose(columns.Columns);
                tests.RemoveAll(t => t.Column is not null && !all.Any(c => c.Name == t.Column));
                tests.AddRange(more.Tests);
            }
            if (version["data_tests"] is not null || version["tests"] is not null)
            {
                tests.RemoveAll(t => t.Column is null);
                tests.AddRange(Tests(file, version, null, [], false));
            }
        }
        return new ResourcePatch
        {
            File = file,
            Section = section,
            Name = name,
            Line = (version ?? map).Line,
            Config = config,
            WrittenConfig = written,
            Description = version?.Text("description") ?? map.Text("description") ?? general?.Description ?? "",
            Columns = all,
            Tests = tests,
            Constraints = Constraints(file, version?["constraints"] ?? map["constraints"]),
            Version = version?["v"]?.Value(),
            LatestVersion = latest,
            Relation = Texts.Of(map["relation"]?.Value()),
        };
    }

    List<object?> Constraints(PropertiesFile file, YamlNode? node)
    {
        if (node?.Value() is not { } value) return [];
        if (value is List<object?> list) return list;
        Broken(file, node, "constraints is a list of entries that begin with `- type:`");
        return [];
    }

    void AddVersions(PropertiesFile file, YamlMap map, string name, YamlList versions)
    {
        var known = versions.Items.OfType<YamlMap>().Where(v => v["v"]?.Value() is not null).ToList();
        foreach (var other in versions.Items.Except(known)) Broken(file, other, "an entry of versions is a mapping with a `v`");
        var latest = map["latest_version"]?.Value() ?? known.Select(v => v["v"]!.Value()).MaxBy(v => Texts.Of(v), VersionOrder.Instance);
        foreach (var version in known)
        {
            var patch = Patch(file, "models", map, name, null, version, latest);
            _properties.Add(patch);
            var stem = version.Text("defined_in") ?? $"{name}_v{Texts.Of(patch.Version)}";
            _properties.AddVersion(patch, stem, isMeant: true);
            if (Equals(patch.Version, latest)) _properties.AddVersion(patch, name, isMeant: false);
        }
    }

    /// <summary>The configuration of an entry: its <c>config:</c> block, and the few keys that may stand beside it.</summary>
    internal Dict Config(PropertiesFile file, YamlMap map)
    {
        var config = new Dict();
        foreach (var key in Beside)
            if (map[key] is { } beside) config[key] = Render(file, beside);
        if (map["config"] is not { IsNull: false } block) return config;
        if (block is YamlMap given) ConfigMerge.Into(config, (Dict)Render(file, given)!, file.Place(given));
        else Broken(file, block, "config is a mapping");
        return config;
    }

    /// <summary>The same as it is written.</summary>
    internal static Dict WrittenConfig(YamlMap map)
    {
        var config = new Dict();
        foreach (var key in Beside)
            if (map[key] is { } beside) config[key] = beside.Value();
        if (map["config"] is YamlMap given) ConfigMerge.Into(config, given.Dict());
        return config;
    }

    /// <summary>The value of a node with its templates rendered, those of hooks left out.</summary>
    internal object? Render(PropertiesFile file, YamlNode node) => Rendered(node, file, null);

    /// <summary>The generic tests of an entry: those under <c>data_tests</c>, then those under <c>tests</c>.</summary>
    internal List<TestEntry> Tests(PropertiesFile file, YamlMap map, string? column, IReadOnlyList<string> tags, bool quote)
    {
        var tests = new List<TestEntry>();
        foreach (var key in new[] { "data_tests", "tests" })
        {
            var value = map[key];
            if (value is null or { IsNull: true }) continue;
            if (value is YamlList list) tests.AddRange(list.Items.Select(entry => new TestEntry(entry, column, tags, quote)));
            else Broken(file, value, $"{key} is a list of tests");
        }
        return tests;
    }

    /// <summary>Warns that something is not read.</summary>
    internal void Broken(PropertiesFile file, YamlNode at, string why) =>
        warn("QN7182", $"{file.Place(at)}: part of the file is not read: {why}");

    object? Rendered(YamlNode node, PropertiesFile file, string? key)
    {
        switch (node)
        {
            case YamlScalar scalar:
                var value = scalar.Value();
                return value is string text && Jinja.Template.HasMarks(text) && !PackageReader.IsHook(key)
                    ? templates.RenderValue(text, file.Place(scalar), file.Package.Name)
                    : value;
            case YamlList list:
                var items = new List<object?>(list.Items.Count);
                foreach (var item in list.Items) items.Add(Rendered(item, file, key));
                return items;
            case YamlMap map:
                var dict = new Dict();
                foreach (var (name, content) in map.Entries) dict[name.Value()] = Rendered(content, file, PackageReader.IsHook(key) ? key : name.Text);
                return dict;
            default:
                return null;
        }
    }
}
