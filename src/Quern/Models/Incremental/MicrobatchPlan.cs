using Quern.Models.Materializations;
using Quern.Projects;
using Quern.Projects.Nodes;
using Quern.Projects.Settings;
using Quern.Projects.Times;
using Quern.Projects.Warehouses;

namespace Quern.Models.Incremental;

/// <summary>The parts in which a model of strategy microbatch is built, as dbt splits it: from its begin when it is made, from some batches
/// back when it grows, or for the span that the caller names.</summary>
static class MicrobatchPlan
{
    /// <summary>Whether a node is built in such parts.</summary>
    public static bool Is(Node node) => node.Kind == ResourceKind.Model && node.Config.Materialized == "incremental"
        && node.Config.Text("incremental_strategy") == "microbatch";

    /// <summary>The parts, the earliest first.</summary>
    /// <param name="node">The model.</param>
    /// <param name="invocation">What the caller asked for.</param>
    /// <param name="warehouse">The database: whether the table is there.</param>
    /// <exception cref="QuernException">QN7233: its configuration lacks something, or has a value that is not known.</exception>
    public static IReadOnlyList<EventBatch> Of(Node node, Invocation invocation, Warehouse warehouse)
    {
        var config = node.Config;
        if (config.Text("event_time") is not { Length: > 0 }) throw Wrong(node, "event_time", null, "event_time: the column with the time of a row");
        if (config["unique_key"] is not null) throw Wrong(node, "unique_key", null, "no unique_key: what lies in the span of a batch is replaced as a whole");
        if (!Enum.TryParse<BatchSize>(config.Text("batch_size"), ignoreCase: true, out var size) || !char.IsLetter(config.Text("batch_size")![0]))
            throw Wrong(node, "batch_size", config.Text("batch_size"), "batch_size: hour, day, month or year");
        if (Texts.Whole(config["lookback"] ?? 1L) is not (>= 0 and <= 100_000 and var lookback))
            throw Wrong(node, "lookback", Texts.Of(config["lookback"]), "lookback: a number of batches, from 0");
        var grows = warehouse.Find(node.Database, node.Schema, node.Alias) is { Kind: RelationKind.Table }
            && !(config.Flag("full_refresh") ?? invocation.FullRefresh);
        var end = size.Ceiling(invocation.EventTimeEnd ?? invocation.StartedAt.UtcDateTime);
        var start = Start(node, invocation, size, end, grows, (int)lookback);
        var batches = new List<EventBatch>();
        for (var at = start; at < end; at = size.Move(at, 1))
        {
            batches.Add(new EventBatch(new EventWindow(at, size.Move(at, 1)), size, grows || batches.Count > 0));
        }
        return batches;
    }

    /// <summary>The condition on a table's rows that lie in the part that is built.</summary>
    public static string Span(Build build)
    {
        var batch = build.Batch ?? throw new InvalidOperationException("A microbatch is built part by part.");
        return batch.Window.On(build.Config.Text("event_time")!);
    }

    static DateTime Start(Node node, Invocation invocation, BatchSize size, DateTime end, bool grows, int lookback)
    {
        if (invocation.EventTimeStart is { } asked) return size.Floor(asked);
        if (grows) return size.Move(end, -(lookback + 1));
        var begin = node.Config["begin"] ?? throw Wrong(node, "begin", null, "begin: the first moment of its data, such as 2024-01-01");
        return size.Floor(EventTimes.Read(begin, $"{ConfigPlace.Of(node, "begin")}, begin"));
    }

    static QuernException Wrong(Node node, string key, string? value, string wanted) =>
        new(new Fault("QN7233", "the configuration of a microbatch lacks something, or has a value that does not fit")
        {
            Where = $"{ConfigPlace.Of(node, key)}, {key}",
            Value = value,
            Wanted = wanted,
        });
}
