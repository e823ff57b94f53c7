using Quern.Folding.Planning;
using Quern.Folding.Results;

namespace Quern.Bench.Rollups;

/// <summary>Counts groups and adds up what they hold.</summary>
sealed class TotalSink : FoldSink
{
    readonly Lock _gate = new();
    long[] _groups = [];
    double[][] _sums = [];

    /// <summary>Groups of each grain.</summary>
    public IReadOnlyList<long> Groups => _groups;

    /// <summary>Sums of each grain's measures.</summary>
    public IReadOnlyList<double[]> Sums => _sums;

    /// <inheritdoc/>
    public override void Begin(FoldPlan plan, IReadOnlyDictionary<string, KeyDomain> domains)
    {
        _groups = new long[plan.Grains.Count];
        _sums = [.. plan.Grains.Select(_ => new double[plan.Measures.Count])];
    }

    /// <inheritdoc/>
    public override void Take(int grain, GrainRows rows)
    {
        lock (_gate) _groups[grain] += rows.Rows;
        for (var m = 0; m < rows.Measures.Count; m++)
        {
            var sum = 0.0;
            for (var i = 0; i < rows.Rows; i++) sum += rows.Measures[m].Sums?[i] ?? 0;
            lock (_gate) _sums[grain][m] += sum;
        }
    }
}
