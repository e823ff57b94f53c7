using Quern.Chunks;
using Quern.Duck;

namespace Quern.Arrow;

/// <summary>An <see cref="ArrowSet"/> as SQL sees it: a table whose batches are dealt to the threads of each query.</summary>
/// <param name="set">The files; disposed with this.</param>
/// <param name="maxThreads">Threads that may read at once.</param>
sealed class ArrowTable(ArrowSet set, int maxThreads) : TableSource
{
    /// <inheritdoc/>
    public override Schema Schema => set.Schema;

    /// <inheritdoc/>
    public override long? EstimatedRows => set.Rows;

    /// <inheritdoc/>
    public override bool EstimateIsExact => true;

    /// <inheritdoc/>
    public override TableScan Scan(IReadOnlyList<int> columns) =>
        new Pass(new ArrowPass(set, columns), Math.Clamp(maxThreads, 1, Math.Max(set.Batches.Count, 1)));

    /// <inheritdoc/>
    public override void Dispose()
    {
        set.Dispose();
        base.Dispose();
    }

    sealed class Pass(ArrowPass pass, int threads) : TableScan
    {
        public override int MaxThreads => threads;

        public override TableReader Open() => new Reader(new ArrowReader(pass));
    }

    sealed class Reader(ArrowReader reader) : TableReader
    {
        public override void Fill(ChunkWriter output) => reader.Fill(output);

        public override void Dispose()
        {
            reader.Dispose();
            base.Dispose();
        }
    }
}
