using Quern.Chunks;
using Quern.Csv;
using Quern.Duck;
using Quern.Folding.Kernel.Lanes;

namespace Quern.Folding.Kernel;

/// <summary>The rows of one thread as lanes; where somebody wants to see all columns, as chunks, too.</summary>
sealed class ScanRows : IDisposable
{
    readonly CsvReader _reader;
    readonly IReadOnlyList<int> _columns;
    readonly ChunkBuffer? _buffer;
    readonly ChunkSink? _sink;

    /// <summary>Rows of a reader.</summary>
    /// <param name="reader">Disposed with this.</param>
    /// <param name="lanes">The columns that are lanes.</param>
    /// <param name="columns">Their positions in the source.</param>
    /// <param name="all">All columns of the source, when chunks are wanted and the reader gives all; null when it gives those of the lanes.</param>
    public ScanRows(CsvReader reader, Schema lanes, IReadOnlyList<int> columns, Schema? all)
    {
        (_reader, _columns, Lanes) = (reader, columns, new ScanSink(lanes));
        if (all is null) return;
        _buffer = new(all);
        _sink = new();
    }

    /// <summary>The lanes.</summary>
    public ScanSink Lanes { get; }

    /// <summary>The rows with all columns, if they are wanted.</summary>
    public Chunk? Chunk { get; private set; }

    /// <summary>Reads the next rows.</summary>
    /// <returns>How many; 0 when there are no more.</returns>
    public int Next()
    {
        if (_buffer is null)
        {
            Lanes.Clear();
            var count = _reader.Fill(Lanes);
            Lanes.Widen(count);
            return count;
        }
        _buffer.Clear();
        _sink!.Output = _buffer.Writer;
        var rows = _reader.Fill(_sink);
        _buffer.Writer.Rows = rows;
        Chunk = _buffer.Read();
        Lanes.Load(Chunk, _columns);
        Lanes.Widen(rows);
        return rows;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _reader.Dispose();
        _buffer?.Dispose();
        Lanes.Dispose();
    }
}
