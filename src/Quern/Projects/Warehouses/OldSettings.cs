using System.Collections.Concurrent;
using System.Text.RegularExpressions;

namespace Quern.Projects.Warehouses;

/// <summary>Statements that older versions of the engine took: what they mean now.</summary>
sealed partial class OldSettings
{
    readonly ConcurrentDictionary<string, bool> _said = new(StringComparer.Ordinal);

    /// <summary>The text with such statements put right; the text itself when it holds none.</summary>
    /// <param name="sql">One or more statements.</param>
    /// <param name="warn">Takes code and sentence, once a sentence; null while nobody listens.</param>
    public string Translate(string sql, Action<string, string>? warn)
    {
        // Few statements name these settings: most texts are looked at once and left alone.
        if (!sql.Contains("enable_", StringComparison.OrdinalIgnoreCase)) return sql;
        // From the last to the first: places before a change stay where they are.
        foreach (var (start, end) in SqlStatements.Places(sql).Reverse())
        {
            var statement = sql.AsSpan(start, end - start);
            if (NoProfiling().IsMatch(statement))
            {
                Say(warn, "`PRAGMA enable_profiling=false` is no statement of this version of DuckDB and is run as `PRAGMA disable_profiling`");
                sql = string.Concat(sql.AsSpan(0, start), "PRAGMA disable_profiling", sql.AsSpan(end));
            }
            else if (ObjectCache().IsMatch(statement))
            {
                Say(warn, ObjectCacheSays);
            }
        }
        return sql;
    }

    /// <summary>Warns of a setting of a profile that does nothing any more.</summary>
    public void Look(string setting, Action<string, string>? warn)
    {
        if (setting.Equals("enable_object_cache", StringComparison.OrdinalIgnoreCase)) Say(warn, ObjectCacheSays);
    }

    const string ObjectCacheSays = "the setting enable_object_cache does nothing in this version of DuckDB";

    void Say(Action<string, string>? warn, string sentence)
    {
        if (warn is not null && _said.TryAdd(sentence, true)) warn("QN7210", sentence);
    }

    [GeneratedRegex(@"^pragma\s+enable_profiling\s*=\s*'?(?:false|off|0)'?$", RegexOptions.IgnoreCase)]
    private static partial Regex NoProfiling();

    [GeneratedRegex(@"^(?:pragma|set(?:\s+(?:global|session|local))?)\s+enable_object_cache\b", RegexOptions.IgnoreCase)]
    private static partial Regex ObjectCache();
}
