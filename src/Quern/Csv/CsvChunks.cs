using Quern.Chunks;
using Quern.Duck;

namespace Quern.Csv;

/// <summary>Rows of CSV as chunks, for one thread; open one for each thread of a pass.</summary>
/// <param name="pass">What is read; not disposed here.</param>
sealed class CsvChunks(CsvPass pass) : IDisposable
{
    readonly CsvReader _reader = pass.OpenReader();
    readonly ChunkBuffer _buffer = new(pass.Schema);
    readonly ChunkSink _sink = new();

    /// <summary>The next rows, valid until the next call; null when there are no more.</summary>
    /// <exception cref="QuernException">A file cannot be read, or holds what it must not.</exception>
    public Chunk? Next()
    {
        _buffer.Clear();
        _sink.Output = _buffer.Writer;
        var rows = _reader.Fill(_sink);
        if (rows == 0) return null;
        _buffer.Writer.Rows = rows;
        return _buffer.Read();
    }

    /// <summary>Frees the memory.</summary>
    public void Dispose()
    {
        _reader.Dispose();
        _buffer.Dispose();
    }
}
