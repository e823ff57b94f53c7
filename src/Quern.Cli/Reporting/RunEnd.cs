using System.Globalization;
using Quern.Cli.Terminal;
using Quern.Duck;
using Quern.Models.Results;
using Quern.Projects.Artifacts;
using Quern.Projects.Nodes;

namespace Quern.Cli.Reporting;

/// <summary>Says how a run of nodes ended: what ran, what went wrong with its place, the closing line.</summary>
/// <param name="log">Where to say it.</param>
/// <param name="targetPath">Folder of artifacts as the user sees it: <c>target</c>.</param>
sealed class RunEnd(RunLog log, string targetPath)
{
    /// <summary>Says it.</summary>
    public void Say(RunResults results)
    {
        log.Say(Finished(results), name: "FinishedRunningStats");
        log.Gap();
        Sum(results);
        log.Gap();
        log.Say(Totals(results), name: "StatsLine");
    }

    /// <summary>Says what went wrong; nothing when all is well.</summary>
    public void Failures(RunResults results)
    {
        if (results.IsInterrupted || results.Results.Any(IsError)) Sum(results);
    }

    void Sum(RunResults results)
    {
        var errors = results.Results.Where(r => IsError(r) && r.Status != NodeStatus.PartialSuccess).ToList();
        var partial = results.Results.Where(r => r.Status == NodeStatus.PartialSuccess).ToList();
        var warnings = results.Results.Where(r => r.Status == NodeStatus.Warn).ToList();
        if (results.IsInterrupted) log.Say(ink => ink.Odd("Exited because of keyboard interrupt"), LogLevel.Error, "EndOfRunSummary");
        else Completed(errors.Count, partial.Count, warnings.Count);
        foreach (var error in errors.Where(e => e.Status != NodeStatus.Skipped).Concat(partial)) Tell(error, "Failure", ink => ink.Bad, "  ", LogLevel.Error);
        foreach (var warning in warnings) Tell(warning, "Warning", ink => ink.Odd, "", LogLevel.Warn);
    }

    /// <summary>The closing line: <c>Done. PASS=28 WARN=0 ERROR=0 SKIP=0 NO-OP=0 TOTAL=28</c>.</summary>
    public static string Totals(RunResults results)
    {
        int Of(params NodeStatus[] statuses) => results.Results.Count(r => statuses.Contains(r.Status));
        return string.Create(
            CultureInfo.InvariantCulture,
            $"Done. PASS={Of(NodeStatus.Success, NodeStatus.Pass)} WARN={Of(NodeStatus.Warn)} ERROR={Of(NodeStatus.Error, NodeStatus.Fail, NodeStatus.PartialSuccess)} "
            + $"SKIP={Of(NodeStatus.Skipped)} NO-OP={Of(NodeStatus.NoOp)} TOTAL={results.Results.Count}");
    }

    /// <summary>What ran: <c>Finished running 3 seeds, 2 table models in 0 hours 0 minutes and 1.11 seconds (1.11s).</c></summary>
    public static string Finished(RunResults results)
    {
        // In the order of the kinds' names in the manifest: tests come between tables and views.
        var counts = results.Results.GroupBy(r => NodeWords.Counted(r.Node))
            .OrderBy(g => g.First().Node.Kind == ResourceKind.Model ? g.Key : g.First().Node.Kind.Name(), StringComparer.Ordinal)
            .Select(g => NodeWords.Number(g.Count(), g.Key));
        var time = TimeSpan.FromSeconds(results.Seconds);
        var rest = results.Seconds - (Math.Floor(time.TotalMinutes) * 60);
        return string.Create(
            CultureInfo.InvariantCulture,
            $"Finished running {string.Join(", ", counts)} in {Math.Floor(time.TotalHours):0} hours {time.Minutes} minutes and {rest:0.00} seconds ({results.Seconds:0.00}s).");
    }

    // A node that was skipped with a message was skipped for a fault of its own inputs: it counts as one.
    static bool IsError(NodeResult result) =>
        result.Status is NodeStatus.Error or NodeStatus.Fail or NodeStatus.PartialSuccess || (result.Status == NodeStatus.Skipped && result.Message is not null);

    void Completed(int errors, int partial, int warnings)
    {
        var text = $"Completed with {NodeWords.Number(errors, "error")}, {NodeWords.Number(partial, "partial success")}, and {NodeWords.Number(warnings, "warning")}:";
        if (errors + partial > 0) log.Say(ink => ink.Bad(text), LogLevel.Error, "EndOfRunSummary");
        else if (warnings > 0) log.Say(ink => ink.Odd($"Completed with {NodeWords.Number(warnings, "warning")}:"), LogLevel.Warn, "EndOfRunSummary");
        else log.Say(ink => ink.Good("Completed successfully"), name: "EndOfRunSummary");
    }

    void Tell(NodeResult result, string word, Func<Ink, Func<string, string>> colour, string indent, LogLevel level)
    {
        log.Gap();
        log.Say(ink => colour(ink)($"{word} in {result.Node.Kind.Name()} {result.Node.Name} ({result.Node.File})"), level, $"RunResult{word}");
        log.Say(indent + string.Join("\n" + indent, Message(result)), level, $"RunResult{word}Message");
        if (result.Node is Node { Kind: not ResourceKind.Operation } node && result.CompiledSql is not null)
        {
            log.Gap();
            log.Say($"  compiled code at {CompiledPath(node)}", level, "SQLCompiledPath");
        }
        if (result is { Node.Kind: ResourceKind.Test, Relation: { } relation, Status: NodeStatus.Fail or NodeStatus.Warn })
        {
            var query = $"select * from {relation}";
            var rule = new string('-', query.Length);
            log.Gap();
            log.Say($"  See test failures:\n  {rule}\n  {query}\n  {rule}", level, "CheckNodeTestFailure");
        }
    }

    // What was said, and of the fault behind it the place and what to try, as far as they were not said.
    static List<string> Message(NodeResult result)
    {
        var message = result.Message ?? result.Fault?.What ?? "no message";
        List<string> lines = [.. message.Split('\n')];
        if (result.Fault is null or DuckFault) return lines;
        var fault = result.Fault;
        Add("where", fault.Where?.Split('\n')[0]);
        Add("value", fault.Value);
        for (var i = 0; i < fault.Try.Count; i++) Add(i == 0 ? "try" : "", fault.Try[i]);
        return lines;

        void Add(string label, string? text)
        {
            if (text is not null && !message.Contains(text, StringComparison.Ordinal)) lines.Add($"  {label,-7} {text}");
        }
    }

    string CompiledPath(Node node) => System.IO.Path.Combine(targetPath, CompiledFile.PathOf(node));
}
