using Quern.Chunks;
using Quern.Duck;
using Quern.Rollups.Store;

namespace Quern.Rollups.Export;

/// <summary>How many rows of the source each group has.</summary>
sealed class RowsColumn() : GrainColumn(LogicalType.Of(TypeKind.BigInt))
{
    /// <inheritdoc/>
    public override void Write(GrainBlock block, int from, int rows, VectorWriter to) => block.Counts.CopyTo(from, to.Values<long>()[..rows]);
}
