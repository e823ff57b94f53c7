using Quern.Jinja.Values;
using Quern.Projects.Nodes;

namespace Quern.Projects.Reading;

/// <summary>Configuration that a node has before anybody says anything: what artifacts list and <c>config.KEY:</c> selects by.</summary>
static class ConfigDefaults
{
    static readonly Dict[] Known = Array.ConvertAll(ResourceKinds.All, Of);

    /// <summary>The default of a key; false when there is none.</summary>
    /// <remarks>A key that is listed is there for templates, also when its value is none: the default that a call of <c>config.get</c> names is
    /// not used for it then.</remarks>
    public static bool TryGet(ResourceKind kind, string name, out object? value)
    {
        if (!Known[(int)kind].TryGetValue(name, out value)) return false;

        // Lists and dicts are handed out anew: a template may change them.
        value = value switch { List<object?> => new List<object?>(), Dict dict => dict.Copy(), _ => value };
        return true;
    }

    /// <summary>A configuration with the defaults of the keys that it lacks, in the order of the defaults.</summary>
    public static Dict Complete(ResourceKind kind, Dict config)
    {
        var complete = Of(kind);
        foreach (var (name, value) in config) complete[name] = value;
        return complete;
    }

    /// <summary>Defaults of a kind; a dict of its own.</summary>
    public static Dict Of(ResourceKind kind) => kind switch
    {
        ResourceKind.Test => Test(),
        ResourceKind.Source => new Dict
        {
            ["enabled"] = true,
            ["event_time"] = null,
            ["freshness"] = null,
            ["meta"] = new Dict(),
            ["tags"] = new List<object?>(),
        },
        ResourceKind.Exposure or ResourceKind.UnitTest => new Dict { ["enabled"] = true, ["tags"] = new List<object?>(), ["meta"] = new Dict() },
        _ => Query(kind),
    };

    static Dict Query(ResourceKind kind)
    {
        var config = new Dict
        {
            ["enabled"] = true,
            ["alias"] = null,
            ["schema"] = null,
            ["database"] = null,
            ["tags"] = new List<object?>(),
            ["meta"] = new Dict(),
            ["group"] = null,
            ["materialized"] = kind switch
            {
                ResourceKind.Seed => "seed",
                ResourceKind.Snapshot => "snapshot",
                _ => "view",
            },
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
        };
        if (kind == ResourceKind.Model)
        {
            config["access"] = "protected";
            config["freshness"] = null;
        }
        if (kind == ResourceKind.Seed)
        {
            config["delimiter"] = ",";
            config["quote_columns"] = null;
        }
        if (kind == ResourceKind.Snapshot)
        {
            foreach (var key in new[] { "strategy", "target_schema", "target_database", "updated_at", "check_cols", "dbt_valid_to_current" })
                config[key] = null;
            config["snapshot_meta_column_names"] = new Dict();
        }
        return config;
    }

    static Dict Test() => new()
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
    };
}
