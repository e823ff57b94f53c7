using System.Text.Json;
using Quern.Jinja.Values;
using Quern.Projects.Settings;

namespace Quern.Projects.Reading;

/// <summary>Lays one configuration over another, key by key (specification section 2.1).</summary>
static class ConfigMerge
{
    /// <summary>Keys whose values may come as text out of a template: <c>"{{ var('x') }}"</c>.</summary>
    static readonly HashSet<string> Flags = ["enabled", "full_refresh", "store_failures", "quote_columns", "invalidate_hard_deletes"];

    /// <summary>Keys whose dicts are merged; all others are replaced.</summary>
    static readonly HashSet<string> Merged = ["meta", "persist_docs", "quoting", "docs", "column_types", "contract", "snapshot_meta_column_names"];

    /// <summary>The key as all of the program knows it: <c>pre-hook</c>, whichever way it was written.</summary>
    public static string Canonical(string key) => key switch
    {
        "pre_hook" => "pre-hook",
        "post_hook" => "post-hook",
        _ => key,
    };

    /// <summary>Lays all keys of a configuration over another.</summary>
    public static void Into(Dict config, Dict over)
    {
        foreach (var (key, value) in over)
            if (key is string name) Into(config, name, value);
    }

    /// <summary>Lays all keys of a configuration over another, and says where it stands when it cannot be.</summary>
    /// <exception cref="QuernException">QN7196: a hook is none.</exception>
    public static void Into(Dict config, Dict over, string place)
    {
        try
        {
            Into(config, over);
        }
        catch (QuernException e) when (e.Fault.Where is null)
        {
            throw new QuernException(e.Fault with { Where = place }, e);
        }
    }

    /// <summary>Lays one key over a configuration. Tags, packages and hooks are added, some dicts merged, all else replaced.</summary>
    public static void Into(Dict config, string key, object? value)
    {
        key = Canonical(key);
        switch (key)
        {
            case "tags" or "packages":
                var all = config[key] as List<object?> is { } before ? new List<object?>(before) : [];
                foreach (var tag in Texts.Many(value))
                    if (!all.Contains(tag)) all.Add(tag);
                config[key] = all;
                break;
            case "pre-hook" or "post-hook":
                var hooks = config[key] as List<object?> is { } old ? new List<object?>(old) : [];
                hooks.AddRange(Hooks(value));
                config[key] = hooks;
                break;
            case "grants" when value is Dict grants:
                config[key] = Grants(config[key] as Dict, grants);
                break;
            case var _ when value is Dict dict && Merged.Contains(key):
                var sum = (config[key] as Dict)?.Copy() ?? new Dict();
                foreach (var (name, item) in dict) sum[name is string text ? text.TrimStart('+') : name] = item;
                config[key] = sum;
                break;
            case var _ when value is null && Merged.Contains(key):
                break;
            default:
                config[key] = Flags.Contains(key) && Texts.Flag(value) is { } flag ? flag : value;
                break;
        }
    }

    /// <summary>Hooks as <c>{sql, transaction, index}</c>, whichever way they were written: a text, a dict, or a list of these.</summary>
    /// <exception cref="QuernException">QN7196: it is none of these.</exception>
    public static IEnumerable<object?> Hooks(object? value) => value switch
    {
        List<object?> list => list.SelectMany(Hooks),
        TupleValue tuple => tuple.SelectMany(Hooks),
        string text => [Hook(text)],
        Dict dict when dict["sql"] is string sql => [Hook(sql, Texts.Flag(dict["transaction"]) ?? true)],
        null => [],
        _ => throw new QuernException(new Fault("QN7196", "the value does not fit its key")
        {
            Value = PythonText.Represent(value),
            Wanted = "a text of SQL, {sql: ..., transaction: true}, or a list of these",
            Try = ["correct pre-hook or post-hook where the value stands"],
            ExitCode = ExitCode.Usage,
        }),
    };

    static Dict Hook(string text)
    {
        // before_begin() and after_commit() print a hook as JSON.
        if (text.TrimStart().StartsWith('{') && !text.TrimStart().StartsWith("{{", StringComparison.Ordinal))
        {
            try
            {
                using var json = JsonDocument.Parse(text);
                if (json.RootElement.TryGetProperty("sql", out var sql) && sql.ValueKind == JsonValueKind.String)
                    return Hook(sql.GetString()!, !json.RootElement.TryGetProperty("transaction", out var flag) || flag.ValueKind != JsonValueKind.False);
            }
            catch (JsonException)
            {
                // A statement that begins with a brace, then.
            }
        }
        return Hook(text, true);
    }

    static Dict Hook(string sql, bool transaction) => new() { ["sql"] = sql, ["transaction"] = transaction, ["index"] = null };

    static Dict Grants(Dict? before, Dict over)
    {
        var grants = before?.Copy() ?? new Dict();
        foreach (var (key, value) in over)
        {
            var name = key as string ?? "";
            var added = Texts.Many(value).Cast<object?>();
            var isMore = name.StartsWith('+');
            name = name.TrimStart('+');
            grants[name] = isMore && grants[name] is List<object?> old ? [.. old, .. added] : added.ToList();
        }
        return grants;
    }
}
