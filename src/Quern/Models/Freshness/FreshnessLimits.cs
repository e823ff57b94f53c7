using Quern.Jinja.Values;
using Quern.Projects.Nodes;
using Quern.Projects.Settings;

namespace Quern.Models.Freshness;

/// <summary>How old the last row of a table of a source may be.</summary>
/// <param name="Warn">Above this it is a warning; null for never.</param>
/// <param name="Error">Above this it is an error; null for never.</param>
/// <param name="Filter">Condition on the rows that count; null for all.</param>
sealed record FreshnessLimits(TimeSpan? Warn, TimeSpan? Error, string? Filter)
{
    /// <summary>The limits of a table; null when nobody asks how fresh it is.</summary>
    /// <exception cref="QuernException">QN7310: they cannot be read.</exception>
    public static FreshnessLimits? Of(SourceTable table)
    {
        if (table.Freshness is not Dict written) return null;
        var (warn, error) = (Age(table, written, "warn_after"), Age(table, written, "error_after"));
        return warn is null && error is null ? null : new FreshnessLimits(warn, error, written["filter"] as string);
    }

    /// <summary>What an age means.</summary>
    public FreshnessStatus Judge(TimeSpan age) => age > Error ? FreshnessStatus.Error : age > Warn ? FreshnessStatus.Warn : FreshnessStatus.Pass;

    static TimeSpan? Age(SourceTable table, Dict written, string key)
    {
        if (written[key] is not Dict age || (age["count"] is null && age["period"] is null)) return null;
        var unit = age["period"] switch
        {
            "minute" => TimeSpan.FromMinutes(1),
            "hour" => TimeSpan.FromHours(1),
            "day" => TimeSpan.FromDays(1),
            _ => throw Wrong(table, key, age),
        };
        return Texts.Whole(age["count"]) is >= 0 and <= 1_000_000 and var count ? unit * count : throw Wrong(table, key, age);
    }

    static QuernException Wrong(SourceTable table, string key, Dict value) => new(
        new Fault("QN7310", "the freshness of a source cannot be told")
        {
            Where = $"{table.File}:{table.Line}, freshness.{key}",
            Value = PythonText.Represent(value),
            Wanted = $"{key}: {{count: 12, period: hour}}, with minute, hour or day",
        });
}
