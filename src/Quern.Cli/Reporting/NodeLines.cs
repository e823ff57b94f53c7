using System.Globalization;
using Quern.Cli.Terminal;
using Quern.Models.Results;
using Quern.Projects.Nodes;

namespace Quern.Cli.Reporting;

/// <summary>Says what each node of a run does, as users of dbt know it: <c>1 of 5 OK created sql table model main.orders ... [OK in 0.08s]</c>.</summary>
/// <param name="log">Where to say it.</param>
/// <param name="words">How things are called.</param>
/// <param name="target">Name of the target.</param>
sealed class NodeLines(RunLog log, NodeWords words, string target) : RunWatcher
{
    /// <summary>Columns that a line is filled up to with dots.</summary>
    const int Width = 80;

    int _ended;

    /// <inheritdoc/>
    public override void Begin(IReadOnlyList<Resource> nodes, int threads)
    {
        log.Gap();
        log.Say(string.Create(CultureInfo.InvariantCulture, $"Concurrency: {threads} threads (target='{target}')"), name: "ConcurrencyLine");
        log.Gap();
    }

    /// <inheritdoc/>
    public override void Started(int index, int total, Resource node) =>
        Line(index, total, $"START {words.Of(node)}", _ => "RUN", null, LogLevel.Info, node.Kind == ResourceKind.Operation ? "LogHookStartLine" : "LogStartLine");

    /// <inheritdoc/>
    public override void Finished(int index, int total, NodeResult result)
    {
        switch (result)
        {
            case { Status: NodeStatus.Skipped }: Skip(index, total, result); break;
            case { Status: NodeStatus.NoOp }: Line(index, total, $"NO-OP {words.Of(result.Node)}", ink => ink.Odd("NO-OP"), result.Seconds, LogLevel.Info, "LogNodeNoOpResult"); break;
            case { Node.Kind: ResourceKind.Test or ResourceKind.UnitTest }: Test(index, total, result); break;
            default: Built(index, total, result); break;
        }
        EndGroup(total);
    }

    // Hooks at the start, nodes and hooks at the end are counted each for itself; an empty line follows each group.
    void EndGroup(int total)
    {
        if (++_ended < total) return;
        _ended = 0;
        log.Gap();
    }

    void Skip(int index, int total, NodeResult result)
    {
        var because = result is { Message: { } message, Node.Kind: not (ResourceKind.Test or ResourceKind.UnitTest) }
            && message.Contains("referenced ephemeral model", StringComparison.Ordinal);
        if (because) Line(index, total, $"SKIP {NodeWords.Skipped(result.Node)} due to ephemeral model status 'skipped'", ink => ink.Bad("ERROR SKIP"), null, LogLevel.Error, "LogSkipBecauseError");
        else Line(index, total, $"SKIP {NodeWords.Skipped(result.Node)}", ink => ink.Odd("SKIP"), null, LogLevel.Info, "SkippingDetails");
    }

    void Test(int index, int total, NodeResult result)
    {
        var name = NodeWords.Test(result.Node);
        var count = string.Create(CultureInfo.InvariantCulture, $"{result.Failures ?? 0}");
        switch (result.Status)
        {
            case NodeStatus.Pass: Line(index, total, $"PASS {name}", ink => ink.Good("PASS"), result.Seconds, LogLevel.Info, "LogTestResult"); break;
            case NodeStatus.Warn: Line(index, total, $"WARN {count} {name}", ink => ink.Odd($"WARN {count}"), result.Seconds, LogLevel.Warn, "LogTestResult"); break;
            case NodeStatus.Fail: Line(index, total, $"FAIL {count} {name}", ink => ink.Bad($"FAIL {count}"), result.Seconds, LogLevel.Error, "LogTestResult"); break;
            default: Line(index, total, $"ERROR {name}", ink => ink.Bad("ERROR"), result.Seconds, LogLevel.Error, "LogTestResult"); break;
        }
    }

    void Built(int index, int total, NodeResult result)
    {
        var (done, doing, name) = result.Node.Kind switch
        {
            ResourceKind.Seed => ("loaded", "loading", "LogSeedResult"),
            ResourceKind.Snapshot => ("snapshotted", "snapshotting", "LogSnapshotResult"),
            _ => ("created", "creating", "LogModelResult"),
        };
        var thing = words.Of(result.Node);
        if (result.Node.Kind == ResourceKind.Snapshot) thing = thing["snapshot ".Length..];
        var isHook = result.Node.Kind == ResourceKind.Operation;
        if (isHook) name = "LogHookEndLine";
        if (result.Status == NodeStatus.Error)
        {
            Line(index, total, isHook ? $"ERROR {thing}" : $"ERROR {doing} {thing}", ink => ink.Bad("ERROR"), result.Seconds, LogLevel.Error, name);
            return;
        }
        var status = isHook || result.Message is not { Length: > 0 } message ? "OK" : message;
        Line(index, total, isHook ? $"OK {thing}" : $"OK {done} {thing}", ink => ink.Good(status), result.Seconds, LogLevel.Info, name);
    }

    void Line(int index, int total, string text, Func<Ink, string> status, double? seconds, LogLevel level, string name)
    {
        var line = string.Create(CultureInfo.InvariantCulture, $"{index} of {total} {text} ").PadRight(Width, '.');
        var time = seconds is { } took ? string.Create(CultureInfo.InvariantCulture, $" in {took:0.00}s") : "";
        log.Say(ink => $"{line} [{status(ink)}{time}]", level, name);
    }
}
