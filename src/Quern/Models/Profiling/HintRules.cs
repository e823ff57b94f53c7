using System.Globalization;
using Quern.Budget;

namespace Quern.Models.Profiling;

/// <summary>Rules over a plan that was run. Each has thresholds under which it says nothing, so that cheap work gets no advice. The
/// facts behind them are DuckDB's public pages on join operations, file formats, larger-than-memory workloads and parallelism (a row
/// group of its tables has 122,880 rows, and a thread works on a row group at a time).</summary>
static class HintRules
{
    const long RowGroupRows = 122_880;

    /// <summary>Pairs of rows that a product or a nested loop may make before it counts.</summary>
    const long ManyPairs = 1_000_000;

    /// <summary>Rows from which a scan, a filter or an estimate counts.</summary>
    const long ManyRows = 100_000;

    /// <summary>Share of the time from which an operator counts.</summary>
    const double MuchTime = 0.2;

    /// <summary>How far an estimate may be off.</summary>
    const double FarOff = 100;

    static readonly TimeSpan LongEnough = TimeSpan.FromMilliseconds(100);

    static readonly string[] Holding =
        ["ORDER_BY", "HASH_GROUP_BY", "HASH_JOIN", "WINDOW", "TOP_N", "ASOF_JOIN", "PIECEWISE_MERGE_JOIN", "IE_JOIN"];

    static readonly string[] Costly =
        [.. Holding, "STREAMING_WINDOW", "PERFECT_HASH_GROUP_BY", "CROSS_PRODUCT", "BLOCKWISE_NL_JOIN", "NESTED_LOOP_JOIN"];

    static readonly string[] Joins = ["HASH_JOIN", "PIECEWISE_MERGE_JOIN", "IE_JOIN", "ASOF_JOIN", "BLOCKWISE_NL_JOIN", "NESTED_LOOP_JOIN"];

    /// <summary>The hints of a plan, the most expensive operator's first.</summary>
    public static IReadOnlyList<ProfileHint> Of(IReadOnlyList<PlanNode> plan, long spilledBytes, TimeSpan latency, int threads)
    {
        var hints = new List<(double Weight, ProfileHint Hint)>();
        foreach (var node in plan)
        {
            var hint = CrossProduct(node) ?? NestedLoop(node) ?? TextScan(node, latency) ?? LateFilter(node) ?? Estimate(node)
                ?? RowGroups(node, latency, threads);
            if (hint is not null) hints.Add((node.Operator.Share, hint));
        }
        if (spilledBytes > 0 && Spilled(plan, spilledBytes) is { } spilled) hints.Add((1, spilled));
        return [.. hints.OrderByDescending(h => h.Weight).Select(h => h.Hint)];
    }

    static ProfileHint? CrossProduct(PlanNode node)
    {
        if (node.Name != "CROSS_PRODUCT" || Sides(node) is not var (left, right)
            || Math.Min(left, right) < 2 || Pairs(left, right) < ManyPairs)
        {
            return null;
        }
        return new ProfileHint("cross-product", "every row of one side meets every row of the other",
            $"{Count(left)} x {Count(right)} rows = {Count(node.Rows)} rows", "join on equal keys, or reduce one side to one row before");
    }

    static ProfileHint? NestedLoop(PlanNode node)
    {
        if (node.Name is not ("BLOCKWISE_NL_JOIN" or "NESTED_LOOP_JOIN")
            || Sides(node) is not var (left, right) || Pairs(left, right) < ManyPairs)
        {
            return null;
        }
        return new ProfileHint("nested-loop", "a join without an equal key compares every pair of rows",
            $"{Count(left)} x {Count(right)} rows compared for {Count(node.Rows)} rows; condition {node.Operator.About}",
            "add a condition on equal keys (a day, a bucket, an id), so that a hash join can be taken");
    }

    static ProfileHint? TextScan(PlanNode node, TimeSpan latency)
    {
        var isText = node.Name.StartsWith("READ_CSV", StringComparison.Ordinal)
            || node.Name.StartsWith("READ_JSON", StringComparison.Ordinal);
        if (!isText || node.Operator.Share < MuchTime || node.Operator.RowsIn < ManyRows || latency < LongEnough) return null;
        return new ProfileHint("text-scan", "reading text takes much of the time",
            $"{Count(node.Rows)} rows in {Seconds(node)}, {Percent(node)} of the time: {node.Operator.About}",
            "convert it to Parquet once: only the columns and row groups that are needed are read then");
    }

    static ProfileHint? LateFilter(PlanNode node)
    {
        if (node.Name != "FILTER" || node.Operator.RowsIn < ManyRows || node.Rows > node.Operator.RowsIn / 10) return null;
        var below = node.Inputs.SelectMany(i => i.Tree()).Where(n => Costly.Contains(n.Name)).MaxBy(n => n.Operator.Share);
        if (below is null || below.Operator.Share < MuchTime) return null;
        return new ProfileHint("late-filter", "few of the rows that were worked out are kept",
            $"{Count(node.Operator.RowsIn)} rows in, {Count(node.Rows)} out of the filter {node.Operator.About}; "
                + $"{below.Name} below it took {Percent(below)}",
            $"filter before the {below.Name} where the condition allows it");
    }

    static ProfileHint? Estimate(PlanNode node)
    {
        if (!Joins.Contains(node.Name) || node.Operator.EstimatedRows is not (> 0 and var guess)) return null;
        var (small, large) = (Math.Min(guess, Math.Max(1, node.Rows)), Math.Max(guess, node.Rows));
        if (large < ManyRows || large / (double)small < FarOff || node.Operator.Share < MuchTime) return null;
        return new ProfileHint("estimate", "the engine expected another number of rows, so its order of joins may be a bad one",
            $"{node.Name} gave {Count(node.Rows)} rows, expected {Count(guess)}; condition {node.Operator.About}",
            "build the inputs as tables of their own, whose statistics are known, or run ANALYZE on them");
    }

    static ProfileHint? RowGroups(PlanNode node, TimeSpan latency, int threads)
    {
        if (node.Name != "SEQ_SCAN" || latency < LongEnough || node.Operator.RowsIn <= 0) return null;
        var groups = (node.Operator.RowsIn + RowGroupRows - 1) / RowGroupRows;
        // A thread that waits costs only where most of the time goes into this scan.
        if (groups * 2 > threads || node.Operator.Share < 0.5) return null;
        return new ProfileHint("row-groups", "the table is too small for the threads: each works on a row group at a time",
            $"{Count(node.Operator.RowsIn)} rows are {Count(groups)} row groups of {Count(RowGroupRows)}, for {threads} threads; "
                + $"the scan took {Percent(node)}",
            "run other models beside it (threads of the profile), or work the costly expression out behind a join or group");
    }

    // DuckDB does not say which operator spilled: the one that holds rows and took the longest.
    static ProfileHint? Spilled(IReadOnlyList<PlanNode> plan, long bytes)
    {
        var holder = plan.Where(n => Holding.Contains(n.Name)).MaxBy(n => n.Operator.Time);
        if (holder is null) return null;
        return new ProfileHint("spilled", $"{holder.Name} did not fit into memory and went through the disk",
            $"{new MemorySize(bytes)} spilled; {holder.Name} of {Count(holder.Operator.RowsIn)} rows took {Percent(holder)}",
            holder.Name == "ORDER_BY"
                ? "leave the order by out where nobody needs it in a table, or more --memory, or fewer columns"
                : "more --memory, fewer --threads, or fewer and shorter columns before it");
    }

    static (long Left, long Right)? Sides(PlanNode node) => node.Inputs.Count == 2 ? (node.Inputs[0].Rows, node.Inputs[1].Rows) : null;

    static double Pairs(long left, long right) => (double)left * right;

    static string Count(long rows) => rows.ToString("#,0", CultureInfo.InvariantCulture);

    static string Percent(PlanNode node) => node.Operator.Share.ToString("0%", CultureInfo.InvariantCulture);

    static string Seconds(PlanNode node) => node.Operator.Time.TotalSeconds.ToString("0.00's'", CultureInfo.InvariantCulture);
}
