using System.Runtime.InteropServices;
using Quern.Chunks;

namespace Quern.Csv;

/// <summary>Puts cells into a chunk in memory of its own, for who reads them without the engine.</summary>
sealed unsafe class OwnSink : CellSink, IDisposable
{
    const int Words = Chunk.Capacity / 64;

    readonly Chunk _chunk;
    readonly int[] _widths;
    readonly bool[] _hasNulls;
    readonly byte*[] _values;
    readonly TextArena _texts = new();
    ulong* _validity;

    /// <summary>An empty chunk of these columns, none of them nested.</summary>
    public OwnSink(Schema schema)
    {
        _chunk = new Chunk(schema);
        _widths = [.. schema.Columns.Select(c => c.Type.Width)];
        _hasNulls = new bool[schema.Count];
        _values = new byte*[schema.Count];
        for (var i = 0; i < _values.Length; i++) _values[i] = (byte*)NativeMemory.AlignedAlloc((nuint)(_widths[i] * Chunk.Capacity), 64);
        _validity = (ulong*)NativeMemory.AlignedAlloc((nuint)(sizeof(ulong) * Words * schema.Count), 64);
        new Span<ulong>(_validity, Words * schema.Count).Fill(ulong.MaxValue);
    }

    ~OwnSink() => Free();

    /// <summary>Memory that a sink of these columns takes, without long texts.</summary>
    public static long BytesOf(Schema schema) => schema.Columns.Sum(c => (long)c.Type.Width * Chunk.Capacity);

    /// <inheritdoc/>
    public override void* Values(int column) => _values[column];

    /// <inheritdoc/>
    public override void SetLongText(int column, Text* values, int row, byte* bytes, int length) =>
        values[row] = new Text(_texts.Copy(bytes, length), length);

    /// <inheritdoc/>
    public override void EndTexts(int column, Text* values, int rows)
    {
    }

    /// <inheritdoc/>
    public override void SetNull(int column, int row)
    {
        _hasNulls[column] = true;
        Validity(column)[row >> 6] &= ~(1UL << row);
    }

    /// <inheritdoc/>
    public override void Keep(int first, ReadOnlySpan<int> rows)
    {
        for (var column = 0; column < _values.Length; column++)
        {
            var values = _values[column];
            var width = _widths[column];
            var validity = Validity(column);
            for (var i = 0; i < rows.Length; i++)
            {
                var (from, to) = (rows[i], first + i);
                if (from == to) continue;
                new ReadOnlySpan<byte>(values + (from * width), width).CopyTo(new Span<byte>(values + (to * width), width));
                if ((validity[from >> 6] >> from & 1) == 0) validity[to >> 6] &= ~(1UL << to);
                else validity[to >> 6] |= 1UL << to;
            }
            // The rows behind them are written anew, and none of those is NULL before it is said to be.
            var end = first + rows.Length;
            if (_hasNulls[column])
                for (var row = end; row < Chunk.Capacity; row++) validity[row >> 6] |= 1UL << row;
        }
    }

    /// <summary>The first rows as a chunk, valid until <see cref="Clear"/>.</summary>
    public Chunk Read(int rows)
    {
        for (var i = 0; i < _values.Length; i++) _chunk.Memory[i].Point(_values[i], _hasNulls[i] ? Validity(i) : null, rows);
        _chunk.Rows = rows;
        return _chunk;
    }

    /// <summary>Forgets the rows; the memory is used again.</summary>
    public void Clear()
    {
        _chunk.Retire();
        _texts.Clear();
        for (var i = 0; i < _values.Length; i++)
        {
            Poison.Fill(new Span<byte>(_values[i], _widths[i] * Chunk.Capacity));
            if (!_hasNulls[i]) continue;
            new Span<ulong>(Validity(i), Words).Fill(ulong.MaxValue);
            _hasNulls[i] = false;
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _chunk.Retire();
        Free();
        _texts.Dispose();
        GC.SuppressFinalize(this);
    }

    ulong* Validity(int column) => _validity + (column * Words);

    void Free()
    {
        for (var i = 0; i < _values.Length; i++)
        {
            NativeMemory.AlignedFree(_values[i]);
            _values[i] = null;
        }
        NativeMemory.AlignedFree(_validity);
        _validity = null;
    }
}
