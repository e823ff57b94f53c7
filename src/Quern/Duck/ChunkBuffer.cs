using Quern.Chunks;
using Quern.Duck.Native;

namespace Quern.Duck;

/// <summary>A chunk of our own in DuckDB's memory: fill it, append it or read it, clear it, fill it again.</summary>
public sealed class ChunkBuffer : IDisposable
{
    readonly ChunkHandle _handle;
    readonly ChunkWriter _writer;
    readonly Chunk _chunk;

    /// <summary>An empty chunk of these columns.</summary>
    /// <exception cref="ArgumentException">No chunk can hold one of the types.</exception>
    public ChunkBuffer(Schema schema)
    {
        DuckLibrary.Load();
        _handle = new ChunkHandle(schema);
        _writer = new ChunkWriter(schema);
        _writer.Point(_handle.Pointer);
        _chunk = new Chunk(schema);
    }

    /// <summary>Where rows are written.</summary>
    /// <exception cref="ObjectDisposedException">It is disposed.</exception>
    public ChunkWriter Writer
    {
        get
        {
            ObjectDisposedException.ThrowIf(_handle.IsClosed, this);
            return _writer;
        }
    }

    /// <summary>The chunk itself, for the appender.</summary>
    internal ChunkHandle Handle => _handle;

    /// <summary>The rows written so far as a chunk, valid until <see cref="Clear"/>.</summary>
    /// <exception cref="ObjectDisposedException">It is disposed.</exception>
    public Chunk Read()
    {
        NativeVectors.Point(_chunk, _handle.Pointer, Writer.Rows);
        return _chunk;
    }

    /// <summary>Forgets the rows; the memory is used again.</summary>
    /// <exception cref="ObjectDisposedException">It is disposed.</exception>
    public void Clear()
    {
        ObjectDisposedException.ThrowIf(_handle.IsClosed, this);
        _chunk.Retire();
        Forget();
        Capi.duckdb_data_chunk_reset(_handle.Pointer);
        _writer.Point(_handle.Pointer);
    }

    /// <summary>Nobody may rely any more on the rows, nor any chunk that shares their memory.</summary>
    internal void Forget()
    {
        if (Poison.IsOn) _writer.Forget();
    }

    /// <summary>Frees the memory.</summary>
    public void Dispose()
    {
        _chunk.Retire();
        _writer.Retire();
        _handle.Dispose();
    }
}
