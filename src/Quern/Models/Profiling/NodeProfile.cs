using System.Globalization;
using Quern.Budget;
using Quern.Duck;

namespace Quern.Models.Profiling;

/// <summary>An explanation of what a node cost: its operators with their shares, and hints.</summary>
public sealed record NodeProfile
{
    /// <summary>Of the parts of the sum of time below which an operator is not worth a line.</summary>
    const double LeastShare = 0.005;

    /// <summary>Time from start to end.</summary>
    public required TimeSpan Latency { get; init; }

    /// <summary>Time of all threads inside operators.</summary>
    public required TimeSpan Cpu { get; init; }

    /// <summary>Bytes spilled to the temporary folder.</summary>
    public required long SpilledBytes { get; init; }

    /// <summary>The operators in the order of the plan: the last step first, its inputs below it.</summary>
    public required IReadOnlyList<ProfiledOperator> Operators { get; init; }

    /// <summary>What is worth a look, the most expensive first.</summary>
    public required IReadOnlyList<ProfileHint> Hints { get; init; }

    /// <summary>Explains the profile of a statement.</summary>
    /// <param name="profile">What DuckDB measured.</param>
    /// <param name="spilledBytes">Bytes that this statement spilled. DuckDB's own figure is the most of all statements so far, so the
    /// caller takes the difference (or knows that this was the first).</param>
    /// <param name="threads">Threads of the engine.</param>
    public static NodeProfile Of(DuckProfile profile, long spilledBytes, int threads)
    {
        ArgumentNullException.ThrowIfNull(profile);
        var plan = PlanNode.Of(profile);
        return new NodeProfile
        {
            Latency = profile.Latency,
            Cpu = profile.Cpu,
            SpilledBytes = spilledBytes,
            Operators = [.. plan.Select(p => p.Operator)],
            Hints = HintRules.Of(plan, spilledBytes, profile.Latency, threads),
        };
    }

    /// <summary>A line for each operator that took time, indented as in the plan, then the hints.</summary>
    public IEnumerable<string> Lines()
    {
        yield return "share      time         rows  operator";
        foreach (var it in Operators.Where(o => o.Share >= LeastShare || o.Depth == 0))
        {
            var name = new string(' ', it.Depth * 2) + it.Name + (it.About.Length > 0 ? " " + it.About : "");
            yield return string.Create(CultureInfo.InvariantCulture,
                $"{it.Share,5:0%} {it.Time.TotalSeconds,8:0.00}s {it.Rows,12:#,0}  {name}");
        }
        if (SpilledBytes > 0) yield return $"spilled {new MemorySize(SpilledBytes)}";
        foreach (var hint in Hints)
        {
            yield return $"hint {hint.Id}: {hint.What}";
            yield return $"  seen  {hint.Evidence}";
            yield return $"  try   {hint.Try}";
        }
    }
}
