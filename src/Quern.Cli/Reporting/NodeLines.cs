using System.Globalization;
using Quern.Cli.Terminal;
using Quern.Models.Results;
using Quern.Projects.Nodes;

namespace Quern.Cli.Reporting;

/// <summary>Says what each node of a run does, as users of dbt know it:
/// <c>1 of 5 OK created sql table model main.orders ... [OK in 0.08s]</c>.</summary>
/// <param name="log">Where to say it.</param>
/// <param name="words">How things are called.</param>
/// <param name="target">Name of the target.</param>
sealed class NodeLines(RunLog log, NodeWords words, string target) : RunWatcher
{
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
        Line(index, total, $"START {words.Of(node)}", _ => "RUN", null, LogLevel.Info, IsHook(node) ? "LogHookStartLine" : "LogStartLine");

    /// <inheritdoc/>
    public override void Finished(int index, int total, NodeResult result)
    {
        switch (result)
        {
            case { Status: NodeStatus.Skipped }: Skip(index, total, result); break;
            case { Status: NodeStatus.NoOp }: Idle(index, total, result); break;
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

    void Idle(int index, int total, NodeResult result) =>
        Line(index, total, $"NO-OP {words.Of(result.Node)}", ink => ink.Odd("NO-OP"), result.Seconds, LogLevel.Info, "LogNodeNoOpResult");

    void Skip(int index, int total, NodeResult result)
    {
        var because = result is { Message: { } message, Node.Kind: not (ResourceKind.Test or ResourceKind.UnitTest) }
            && message.Contains("referenced ephemeral model", StringComparison.Ordinal);
        var text = $"SKIP {NodeWords.Skipped(result.Node)}";
        if (!because) Line(index, total, text, ink => ink.Odd("SKIP"), null, LogLevel.Info, "SkippingDetails");
        else Line(index, total, text + " due to ephemeral model status 'skipped'", ink => ink.Bad("ERROR SKIP"), null, LogLevel.Error, "LogSkipBecauseError");
    }

    void Test(int index, int total, NodeResult result)
    {
        var name = NodeWords.Test(result.Node);
        var count = string.Create(CultureInfo.InvariantCulture, $"{result.Failures ?? 0}");
        switch (result.Status)
        {
            case NodeStatus.Pass: Say("PASS", ink => ink.Good, LogLevel.Info); break;
            case NodeStatus.Warn: Say($"WARN {count}", ink => ink.Odd, LogLevel.Warn); break;
            case NodeStatus.Fail: Say($"FAIL {count}", ink => ink.Bad, LogLevel.Error); break;
            default: Say("ERROR", ink => ink.Bad, LogLevel.Error); break;
        }

        void Say(string status, Func<Ink, Func<string, string>> colour, LogLevel level) =>
            Line(index, total, $"{status} {name}", ink => colour(ink)(status), result.Seconds, level, "LogTestResult");
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
        var isHook = IsHook(result.Node);
        if (isHook) name = "LogHookEndLine";
        if (result.Status == NodeStatus.PartialSuccess)
        {
            Line(index, total, $"PARTIAL SUCCESS {done} {thing}", ink => ink.Odd(Head(result)), result.Seconds, LogLevel.Warn, name);
            return;
        }
        if (result.Status == NodeStatus.Error)
        {
            Line(index, total, isHook ? $"ERROR {thing}" : $"ERROR {doing} {thing}", ink => ink.Bad("ERROR"), result.Seconds, LogLevel.Error, name);
            return;
        }
        var status = isHook || result.Message is not { Length: > 0 } message ? "OK" : message;
        Line(index, total, isHook ? $"OK {thing}" : $"OK {done} {thing}", ink => ink.Good(status), result.Seconds, LogLevel.Info, name);
    }

    // Of a message what stands before what went wrong: PARTIAL SUCCESS (2/3).
    static string Head(NodeResult result) => (result.Message ?? "").Split('\n')[0];

    static bool IsHook(Resource node) => node.Kind == ResourceKind.Operation;

    void Line(int index, int total, string text, Func<Ink, string> status, double? seconds, LogLevel level, string name) =>
        NumberedLine.Say(log, (index, total), text, status, seconds, level, name);
}
