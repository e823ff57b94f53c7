using System.Globalization;
using Quern.Cli.Terminal;
using Quern.Models.Freshness;
using Quern.Projects.Nodes;

namespace Quern.Cli.Reporting;

/// <summary>Says how fresh each table of a source is: <c>1 of 2 WARN freshness of shop.orders ... [WARN in 0.02s]</c>.</summary>
/// <param name="log">Where to say it.</param>
/// <param name="total">How many there are.</param>
sealed class FreshnessLines(RunLog log, int total)
{
    const int Width = 80;

    /// <summary>One is asked.</summary>
    public void Started(int index, SourceTable table) => Line(index, "START", table, _ => "RUN", null, LogLevel.Info, "LogStartLine");

    /// <summary>It has answered.</summary>
    public void Ended(int index, FreshnessResult result)
    {
        var (word, level) = result.Status switch
        {
            FreshnessStatus.Pass => ("PASS", LogLevel.Info),
            FreshnessStatus.Warn => ("WARN", LogLevel.Warn),
            FreshnessStatus.Error => ("ERROR STALE", LogLevel.Error),
            _ => ("ERROR", LogLevel.Error),
        };
        Line(index, word, result.Table, ink => level == LogLevel.Info ? ink.Good(word) : level == LogLevel.Warn ? ink.Odd(word) : ink.Bad(word),
            result.Seconds, level, "LogFreshnessResult");
    }

    /// <summary>How it ended, and what could not be asked.</summary>
    public void Finished(IReadOnlyList<FreshnessResult> results)
    {
        foreach (var result in results.Where(r => r.Fault is not null))
        {
            log.Gap();
            log.Say(ink => ink.Bad($"Failure in source {result.Table.Name} ({result.Table.File})"), LogLevel.Error, "RunResultFailure");
            log.Say("  " + result.Fault!.ToString().Replace("\n", "\n  ", StringComparison.Ordinal), LogLevel.Error, "RunResultError");
        }
        log.Gap();
        log.Say("Done.", name: "FreshnessCheckComplete");
    }

    void Line(int index, string word, SourceTable table, Func<Ink, string> status, double? seconds, LogLevel level, string name)
    {
        var line = string.Create(CultureInfo.InvariantCulture, $"{index} of {total} {word} freshness of {table.Source}.{table.Name} ").PadRight(Width, '.');
        var time = seconds is { } took ? string.Create(CultureInfo.InvariantCulture, $" in {took:0.00}s") : "";
        log.Say(ink => $"{line} [{status(ink)}{time}]", level, name);
    }
}
