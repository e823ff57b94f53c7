namespace Quern.Chunks;

/// <summary>Up to 2,048 rows of a schema in DuckDB's layout, whoever owns the memory.</summary>
/// <remarks>A view: valid until its source is asked for the next one or is disposed, never kept past the call that got
/// it; who needs a value copies it. The source hands out the same object again with other memory behind it. Debug
/// builds stamp each filling and throw when a <see cref="Vector"/> of an earlier one is used.</remarks>
public sealed class Chunk
{
    /// <summary>Rows of a full chunk.</summary>
    public const int Capacity = 2048;

    readonly VectorMemory[] _columns;

    /// <summary>An empty chunk; its source points <see cref="Memory"/> at its rows and sets
    /// <see cref="Rows"/>.</summary>
    internal Chunk(Schema schema)
    {
        Schema = schema;
        _columns = new VectorMemory[schema.Count];
        for (var i = 0; i < _columns.Length; i++) _columns[i] = new VectorMemory(schema[i].Type);
    }

    /// <summary>Names and types of the columns.</summary>
    public Schema Schema { get; }

    /// <summary>Rows in it, 0 to <see cref="Capacity"/>.</summary>
    public int Rows { get; internal set; }

    /// <summary>The vector of a column, by position from 0.</summary>
    public Vector this[int column] => new(_columns[column]);

    /// <summary>Where the columns lie; for the source only.</summary>
    internal ReadOnlySpan<VectorMemory> Memory => _columns;

    /// <summary>Forgets the memory: every vector read from this chunk is stale now.</summary>
    internal void Retire()
    {
        Rows = 0;
        foreach (var column in _columns) column.Retire();
    }
}
