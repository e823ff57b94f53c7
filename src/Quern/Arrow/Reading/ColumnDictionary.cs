using Quern.Chunks;
using Quern.Duck;

namespace Quern.Arrow.Reading;

/// <summary>The values of a dictionary, decoded, in chunks of 2,048.</summary>
/// <remarks>Filled once, then read by any number of threads.</remarks>
sealed class ColumnDictionary(LogicalType type) : IDisposable
{
    readonly Schema _schema = new([new Column("value", type)]);
    readonly List<ChunkBuffer> _buffers = [];
    Chunk[] _chunks = [];

    /// <summary>How many values.</summary>
    public int Count { get; private set; }

    /// <summary>Appends values of a batch.</summary>
    /// <param name="values">Where they are read from.</param>
    /// <param name="rows">How many.</param>
    public void Append(ColumnReader values, int rows)
    {
        for (var from = 0; from < rows;)
        {
            var at = Count % Chunk.Capacity;
            if (at == 0) _buffers.Add(new ChunkBuffer(_schema));
            var writer = _buffers[^1].Writer;
            var count = Math.Min(rows - from, Chunk.Capacity - at);
            values.Write(writer[0], at, from, count);
            writer.Rows = at + count;
            from += count;
            Count += count;
        }
    }

    /// <summary>Ends the filling.</summary>
    public void Complete() => _chunks = [.. _buffers.Select(buffer => buffer.Read())];

    /// <summary>The vector of a value; its row there is the index modulo <see cref="Chunk.Capacity"/>.</summary>
    public Vector Vector(int index) => _chunks[index / Chunk.Capacity][0];

    /// <summary>Frees the memory.</summary>
    public void Dispose()
    {
        foreach (var buffer in _buffers) buffer.Dispose();
    }
}
