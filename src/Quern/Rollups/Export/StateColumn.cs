using Quern.Chunks;
using Quern.Duck;
using Quern.Folding.Declared;
using Quern.Rollups.Store;

namespace Quern.Rollups.Export;

/// <summary>A state of a measure: 0 for the count of no values, NULL for the others.</summary>
/// <param name="measure">Position of the measure.</param>
/// <param name="of">The measure.</param>
/// <param name="state">One state.</param>
sealed class StateColumn(int measure, StoredMeasure of, MeasureKeep state) : GrainColumn(TypeOf(of, state))
{
    /// <inheritdoc/>
    public override void Write(GrainBlock block, int from, int rows, VectorWriter to)
    {
        var states = block.Measure(measure);
        var isWide = Type.Width > sizeof(long);
        Span<long> numbers = stackalloc long[Chunk.Capacity];
        numbers = numbers[..rows];
        numbers.Clear();
        for (var row = 0; row < rows; row++)
        {
            var index = states.IndexOf(from + row);
            if (index < 0)
            {
                if (state != MeasureKeep.Count) to.SetNull(row);
            }
            else if (state == MeasureKeep.Distinct)
            {
                to.SetText(row, states.Sketch(index));
            }
            else if (isWide)
            {
                to.Values<Int128>()[row] = Numbers(states).Whole(index);
            }
            else
            {
                numbers[row] = Numbers(states)[index];
            }
        }
        if (state != MeasureKeep.Distinct && !isWide) Write(numbers, to);
    }

    BlockNumbers Numbers(BlockMeasure states) => state switch
    {
        MeasureKeep.Count => states.Counts,
        MeasureKeep.Sum => states.Sums,
        MeasureKeep.Min => states.Min,
        MeasureKeep.Max => states.Max,
        _ => states.SumSquares,
    };

    static LogicalType TypeOf(StoredMeasure of, MeasureKeep state) => state switch
    {
        MeasureKeep.Count => LogicalType.Of(TypeKind.BigInt),
        MeasureKeep.Sum when of.IsFloating => LogicalType.Of(TypeKind.Double),
        MeasureKeep.Sum when of.Type.Kind == TypeKind.Decimal => LogicalType.Decimal(38, of.Type.Scale),
        MeasureKeep.Sum => LogicalType.Of(TypeKind.HugeInt),
        MeasureKeep.SumSquares => LogicalType.Of(TypeKind.Double),
        MeasureKeep.Distinct => LogicalType.Of(TypeKind.Blob),
        _ => of.Type,
    };
}
