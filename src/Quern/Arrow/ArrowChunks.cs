using Quern.Chunks;
using Quern.Duck;

namespace Quern.Arrow;

/// <summary>Rows of Arrow files as chunks, without a database, for one thread; open one for each thread of a pass.</summary>
/// <param name="pass">What is read. A pass with one of these gives all rows in their order.</param>
public sealed class ArrowChunks(ArrowPass pass) : IDisposable
{
    readonly ArrowReader _reader = new(pass);
    readonly ChunkBuffer _buffer = new(pass.Schema);

    /// <summary>The batch of the last chunk, counted over all files from 0: several threads put chunks in order by it, as a
    /// batch goes to one thread and its chunks come in their order.</summary>
    public int Batch => _reader.Batch;

    /// <summary>The next rows, all of one batch, valid until the next call; null when there are no more.</summary>
    /// <exception cref="QuernException">A file cannot be read, is damaged, or holds a value that does not fit.</exception>
    public Chunk? Next()
    {
        _buffer.Clear();
        return _reader.Fill(_buffer.Writer) == 0 ? null : _buffer.Read();
    }

    /// <summary>Frees the memory.</summary>
    public void Dispose()
    {
        _reader.Dispose();
        _buffer.Dispose();
    }
}
