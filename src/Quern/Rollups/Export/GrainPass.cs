using Quern.Chunks;
using Quern.Duck;
using Quern.Rollups.Store;

namespace Quern.Rollups.Export;

/// <summary>One run over the rows of a grain, whose blocks are dealt to those who read.</summary>
/// <param name="grain">The grain; its store is in use as long as the pass.</param>
/// <param name="columns">The columns that are read.</param>
sealed class GrainPass(StoredGrain grain, IReadOnlyList<GrainColumn> columns)
{
    int _next;

    /// <summary>Reads for one thread.</summary>
    public sealed class Reader(GrainPass pass) : TableReader
    {
        int _block = -1;
        int _row;

        /// <inheritdoc/>
        public override void Fill(ChunkWriter output)
        {
            if (_block < 0 || _row == pass.Block(_block).Rows)
            {
                _block = Interlocked.Increment(ref pass._next) - 1;
                _row = 0;
                if (_block >= pass.Grain.Blocks)
                {
                    _block = -1;
                    output.Rows = 0;
                    return;
                }
            }
            var block = pass.Block(_block);
            var rows = Math.Min(block.Rows - _row, Chunk.Capacity);
            for (var i = 0; i < pass.Columns.Count; i++) pass.Columns[i].Write(block, _row, rows, output[i]);
            _row += rows;
            output.Rows = rows;
        }
    }

    StoredGrain Grain => grain;

    IReadOnlyList<GrainColumn> Columns => columns;

    GrainBlock Block(int block) => grain[block];
}
