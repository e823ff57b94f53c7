using Quern.Chunks;

namespace Quern.Folding;

/// <summary>Sees all rows that a fold keeps, on one of its threads.</summary>
abstract class RowWitness
{
    /// <summary>Rows with all columns of the source.</summary>
    /// <param name="rows">The rows of a chunk, valid during the call.</param>
    /// <param name="kept">Which of them are kept, ascending; null for all.</param>
    public abstract void See(Chunk rows, ReadOnlyMemory<int>? kept);

    /// <summary>The thread has no more rows.</summary>
    public abstract void Complete();
}
