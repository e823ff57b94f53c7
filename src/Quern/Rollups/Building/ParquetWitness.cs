using Quern.Chunks;
using Quern.Delivery.Parquet;
using Quern.Folding;

namespace Quern.Rollups.Building;

/// <summary>Writes the rows that a fold keeps as Parquet, in the pass that folds.</summary>
/// <param name="writer">The file; each thread has a row group of its own in it.</param>
sealed class ParquetWitness(ParquetWriter writer) : RowWitness, IDisposable
{
    readonly RowGroupBuilder _rows = writer.Builder();

    /// <inheritdoc/>
    public override void See(Chunk rows, ReadOnlyMemory<int>? kept)
    {
        if (kept is not { } some)
        {
            Add(rows, 0, rows.Rows);
            return;
        }
        var list = some.Span;
        for (var i = 0; i < list.Length;)
        {
            var from = i++;
            while (i < list.Length && list[i] == list[i - 1] + 1) i++;
            Add(rows, list[from], list[i - 1] + 1);
        }
    }

    /// <inheritdoc/>
    public override void Complete() => writer.Append(_rows);

    /// <summary>Frees the memory.</summary>
    public void Dispose() => _rows.Dispose();

    void Add(Chunk rows, int from, int end)
    {
        while (from < end)
        {
            from += _rows.Append(rows, from, end);
            if (_rows.IsFull) writer.Append(_rows);
        }
    }
}
