namespace Quern.Rollups.Queries;

/// <summary>What aggregates are called in queries.</summary>
static class AggregateNames
{
    static readonly Dictionary<string, AggregateKind> Kinds = new(StringComparer.OrdinalIgnoreCase)
    {
        ["SUM"] = AggregateKind.Sum,
        ["AVG"] = AggregateKind.Average,
        ["COUNT"] = AggregateKind.Count,
        ["MIN"] = AggregateKind.Min,
        ["MAX"] = AggregateKind.Max,
        ["SUM_SQUARES"] = AggregateKind.SumSquares,
        ["COUNT_DISTINCT"] = AggregateKind.Distinct,
        ["APPROX_COUNT_DISTINCT"] = AggregateKind.ApproximateDistinct,
    };

    /// <summary>All names.</summary>
    public static IReadOnlyCollection<string> All => Kinds.Keys;

    /// <summary>The aggregate of a name, in any case.</summary>
    public static bool TryFind(string name, out AggregateKind kind) => Kinds.TryGetValue(name, out kind);
}
