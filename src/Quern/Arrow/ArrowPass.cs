using Quern.Chunks;

namespace Quern.Arrow;

/// <summary>One run over files: deals their batches to whoever asks next.</summary>
/// <param name="set">The files; not disposed here.</param>
/// <param name="columns">Positions of the columns that are read; default: all.</param>
public sealed class ArrowPass(ArrowSet set, IReadOnlyList<int>? columns = null)
{
    int _next = -1;

    /// <summary>The files.</summary>
    internal ArrowSet Set => set;

    /// <summary>Positions of the columns that are read.</summary>
    internal IReadOnlyList<int> Columns { get; } = columns ?? [.. Enumerable.Range(0, set.Schema.Count)];

    /// <summary>Names and types of the columns that are read.</summary>
    public Schema Schema { get; } = columns is null ? set.Schema : new Schema([.. columns.Select(i => set.Schema[i])]);

    /// <summary>Ordinal of the next batch; any thread may ask.</summary>
    /// <returns>False when there are no more.</returns>
    internal bool Next(out int ordinal)
    {
        ordinal = Interlocked.Increment(ref _next);
        return (uint)ordinal < (uint)set.Batches.Count;
    }
}
