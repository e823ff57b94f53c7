using Quern.Jinja.Values;
using Quern.Projects.Nodes;

namespace Quern.Projects.Context;

/// <summary>What configuration is when nobody sets it. A key that is listed here is there for templates, so that the default a call of
/// <c>config.get</c> names is not used for it, also when its value is none.</summary>
static class ConfigDefaults
{
    static readonly Dictionary<ResourceKind, Dict> ByKind = new()
    {
        [ResourceKind.Model] = Model(),
        [ResourceKind.Analysis] = Model(),
        [ResourceKind.Operation] = Model(),
        [ResourceKind.Seed] = With(Model(), ("materialized", "seed"), ("delimiter", ","), ("quote_columns", null)),
        [ResourceKind.Snapshot] = With(
            Model(), ("materialized", "snapshot"), ("strategy", null), ("target_schema", null), ("target_database", null),
            ("updated_at", null),
            ("check_cols", null), ("invalidate_hard_deletes", null), ("dbt_valid_to_current", null)),
        [ResourceKind.Test] = new Dict
        {
            ["enabled"] = true,
            ["alias"] = null,
            ["schema"] = "dbt_test__audit",
            ["database"] = null,
            ["tags"] = new List<object?>(),
            ["meta"] = new Dict(),
            ["group"] = null,
            ["materialized"] = "test",
            ["severity"] = "ERROR",
            ["store_failures"] = null,
            ["store_failures_as"] = null,
            ["where"] = null,
            ["limit"] = null,
            ["fail_calc"] = "count(*)",
            ["warn_if"] = "!= 0",
            ["error_if"] = "!= 0",
        },
    };

    /// <summary>The default of a key; false when there is none.</summary>
    public static bool TryGet(ResourceKind kind, string name, out object? value)
    {
        if (ByKind.TryGetValue(kind, out var defaults) && defaults.TryGetValue(name, out value))
        {
            // Lists and dicts are handed out anew: a template may change them.
            value = value switch { List<object?> => new List<object?>(), Dict dict => dict.Copy(), _ => value };
            return true;
        }
        value = null;
        return false;
    }

    /// <summary>A configuration with the defaults of the keys that it lacks, in the order of the defaults.</summary>
    public static Dict Complete(ResourceKind kind, Dict config)
    {
        var complete = new Dict();
        if (ByKind.TryGetValue(kind, out var defaults))
        {
            foreach (var (name, _) in defaults)
            {
                TryGet(kind, (string)name!, out var value);
                complete[name] = value;
            }
        }
        foreach (var (name, value) in config) complete[name] = value;
        return complete;
    }

    static Dict Model() => new()
    {
        ["enabled"] = true,
        ["alias"] = null,
        ["schema"] = null,
        ["database"] = null,
        ["tags"] = new List<object?>(),
        ["meta"] = new Dict(),
        ["group"] = null,
        ["materialized"] = "view",
        ["incremental_strategy"] = null,
        ["batch_size"] = null,
        ["lookback"] = 1L,
        ["begin"] = null,
        ["persist_docs"] = new Dict(),
        ["post-hook"] = new List<object?>(),
        ["pre-hook"] = new List<object?>(),
        ["quoting"] = new Dict(),
        ["column_types"] = new Dict(),
        ["full_refresh"] = null,
        ["unique_key"] = null,
        ["on_schema_change"] = "ignore",
        ["on_configuration_change"] = "apply",
        ["grants"] = new Dict(),
        ["packages"] = new List<object?>(),
        ["docs"] = new Dict { ["show"] = true, ["node_color"] = null },
        ["contract"] = new Dict { ["enforced"] = false, ["alias_types"] = true },
        ["event_time"] = null,
        ["concurrent_batches"] = null,
        ["access"] = "protected",
        ["freshness"] = null,
    };

    static Dict With(Dict config, params (string Key, object? Value)[] more)
    {
        foreach (var (key, value) in more) config[key] = value;
        return config;
    }
}
