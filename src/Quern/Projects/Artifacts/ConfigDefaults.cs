using Quern.Jinja.Values;
using Quern.Projects.Nodes;

namespace Quern.Projects.Artifacts;

/// <summary>The keys of configuration that every resource of a kind has, with the values they have unless a project sets them, in the
/// order of the public manifest schema, version 12.</summary>
static class ConfigDefaults
{
    static readonly KeyValuePair<string, Func<object?>>[] First =
    [
        New("enabled", () => true), New("alias"), New("schema"), New("database"), New("tags", List), New("meta", Map), New("group"),
    ];

    static readonly KeyValuePair<string, Func<object?>>[] Common =
    [
        .. First,
        New("materialized", () => "view"),
        New("incremental_strategy"), New("batch_size"), New("lookback", () => 1L), New("begin"), New("persist_docs", Map),
        New("post-hook", List), New("pre-hook", List), New("quoting", Map), New("column_types", Map), New("full_refresh"),
        New("unique_key"), New("on_schema_change", () => "ignore"), New("on_configuration_change", () => "apply"), New("grants", Map),
        New("packages", List), New("docs", () => Dict(("show", true), ("node_color", null))),
        New("contract", () => Dict(("enforced", false), ("alias_types", true))), New("event_time"), New("concurrent_batches"),
    ];

    static readonly KeyValuePair<string, Func<object?>>[] Model = [.. Common, New("access", () => "protected"), New("freshness")];

    static readonly KeyValuePair<string, Func<object?>>[] Seed =
        [.. Materialized("seed", Common), New("delimiter", () => ","), New("quote_columns")];

    static readonly KeyValuePair<string, Func<object?>>[] Snapshot =
    [
        .. Materialized("snapshot", Common), New("strategy"), New("target_schema"), New("target_database"), New("updated_at"),
        New("check_cols"), New("snapshot_meta_column_names", Map), New("dbt_valid_to_current"),
    ];

    static readonly KeyValuePair<string, Func<object?>>[] Test =
    [
        .. First.Where(f => f.Key != "schema").Prepend(New("schema", () => "dbt_test__audit")),
        New("materialized", () => "test"), New("severity", () => "ERROR"), New("store_failures"), New("store_failures_as"), New("where"),
        New("limit"), New("fail_calc", () => "count(*)"), New("warn_if", () => "!= 0"), New("error_if", () => "!= 0"),
    ];

    static readonly KeyValuePair<string, Func<object?>>[] Source =
    [
        New("enabled", () => true), New("event_time"), New("freshness"), New("loaded_at_field"), New("loaded_at_query"), New("meta", Map),
        New("tags", List),
    ];

    static readonly KeyValuePair<string, Func<object?>>[] Plain = [New("enabled", () => true), New("tags", List), New("meta", Map)];

    /// <summary>Reads a key of a resource's configuration, its default where the project does not set it.</summary>
    public static bool TryGet(Resource resource, string key, out object? value)
    {
        // post-hook and post_hook are one key.
        var other = key.Contains("hook", StringComparison.Ordinal) ? key.Replace('_', '-') : key;
        if (resource.Config.Values.TryGetValue(key, out value) || resource.Config.Values.TryGetValue(other, out value)) return true;
        foreach (var (name, make) in Of(resource.Kind))
        {
            if (name != key && name != other) continue;
            value = make();
            return true;
        }
        return false;
    }

    /// <summary>The whole configuration: keys with defaults first, then what the project sets beside them.</summary>
    public static IEnumerable<KeyValuePair<string, object?>> All(Resource resource)
    {
        var values = resource.Config.Values;
        var defaults = Of(resource.Kind);
        foreach (var (name, make) in defaults)
            yield return new(name, values.TryGetValue(name, out var set) ? set : make());
        foreach (var (key, value) in values)
        {
            if (key is string name && !Array.Exists(defaults, d => d.Key == name)) yield return new(name, value);
        }
    }

    static KeyValuePair<string, Func<object?>>[] Of(ResourceKind kind) => kind switch
    {
        ResourceKind.Model => Model,
        ResourceKind.Seed => Seed,
        ResourceKind.Snapshot => Snapshot,
        ResourceKind.Test => Test,
        ResourceKind.Source => Source,
        ResourceKind.Exposure or ResourceKind.UnitTest => Plain,
        _ => Common,
    };

    static IEnumerable<KeyValuePair<string, Func<object?>>> Materialized(string name, KeyValuePair<string, Func<object?>>[] keys) =>
        keys.Select(k => k.Key == "materialized" ? New("materialized", () => name) : k);

    static KeyValuePair<string, Func<object?>> New(string key, Func<object?>? value = null) => new(key, value ?? (() => null));

    static List<object?> List() => [];

    static Dict Map() => new();

    static Dict Dict(params (string Key, object? Value)[] entries)
    {
        var dict = new Dict();
        foreach (var (key, value) in entries) dict[key] = value;
        return dict;
    }
}
