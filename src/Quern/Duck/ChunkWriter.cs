using Quern.Chunks;
using Quern.Duck.Native;

namespace Quern.Duck;

/// <summary>Fills a chunk that DuckDB owns: a <see cref="ChunkBuffer"/>, or the output of a
/// <see cref="TableFunction"/>.</summary>
/// <remarks>The output of a table function is valid during <see cref="TableReader.Fill"/> only; what is written later
/// is refused.</remarks>
public sealed class ChunkWriter
{
    readonly WritableVector[] _columns;
    nint _native;
    int _rows;

    internal ChunkWriter(Schema schema)
    {
        Schema = schema;
        _columns = new WritableVector[schema.Count];
        for (var i = 0; i < _columns.Length; i++) _columns[i] = new WritableVector(schema[i].Type);
    }

    /// <summary>Names and types of the columns.</summary>
    public Schema Schema { get; }

    /// <summary>Rows filled, 0 to <see cref="Chunk.Capacity"/>; set it when they are written.</summary>
    public int Rows
    {
        get => _rows;
        set
        {
            ObjectDisposedException.ThrowIf(_native == 0, this);
            ArgumentOutOfRangeException.ThrowIfNegative(value);
            ArgumentOutOfRangeException.ThrowIfGreaterThan(value, Chunk.Capacity);
            _rows = value;
            Capi.duckdb_data_chunk_set_size(_native, (ulong)value);
        }
    }

    /// <summary>The vector of a column, by position from 0.</summary>
    public VectorWriter this[int column] => new(_columns[column]);

    /// <summary>Appends all rows of a chunk with the same column types, whoever owns its memory.</summary>
    /// <exception cref="ArgumentOutOfRangeException">They do not fit.</exception>
    public void Copy(Chunk source) => Copy(source, 0, source.Rows);

    /// <summary>Appends some rows of a chunk with the same column types, whoever owns its memory.</summary>
    /// <param name="source">The chunk.</param>
    /// <param name="from">The first row.</param>
    /// <param name="count">How many rows.</param>
    /// <exception cref="ArgumentOutOfRangeException">They do not fit.</exception>
    public void Copy(Chunk source, int from, int count)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, Chunk.Capacity - Rows);
        for (var i = 0; i < _columns.Length; i++) ChunkCopy.Rows(source[i], from, this[i], Rows, count);
        Rows += count;
    }

    /// <summary>Becomes a chunk of the same columns without copying: both share its memory.</summary>
    /// <remarks>The source may be cleared when this chunk is empty again. For the output of a table function that is when it is
    /// filled the next time: the engine, too, uses the memory of an output again then, and keeps texts for as long as it
    /// has vectors with them.</remarks>
    internal void Share(ChunkBuffer source)
    {
        for (var i = 0; i < _columns.Length; i++)
        {
            Capi.duckdb_vector_reference_vector(
                Capi.duckdb_data_chunk_get_vector(_native, (ulong)i), Capi.duckdb_data_chunk_get_vector(source.Handle.Pointer, (ulong)i));
        }
        Rows = source.Writer.Rows;
    }

    /// <summary>Overwrites the values.</summary>
    internal void Forget()
    {
        foreach (var column in _columns) column.Forget();
    }

    /// <summary>Takes an empty native chunk to fill.</summary>
    internal void Point(nint native)
    {
        _native = native;
        _rows = 0;
        for (var i = 0; i < _columns.Length; i++)
            _columns[i].Point(Capi.duckdb_data_chunk_get_vector(native, (ulong)i), Chunk.Capacity);
    }

    /// <summary>Forgets the native chunk: it is handed on or freed.</summary>
    internal void Retire()
    {
        _native = 0;
        _rows = 0;
        foreach (var column in _columns) column.Retire();
    }
}
