namespace Quern.Rollups.Store;

/// <summary>A run of rows of a grain, column by column, whose checksum holds. Valid while the store is in use.</summary>
readonly ref struct GrainBlock
{
    readonly int _keys;
    readonly IReadOnlyList<StoredMeasure> _measures;
    readonly int _index;
    readonly ReadOnlySpan<GrainFormat.Column> _columns;
    readonly ReadOnlySpan<byte> _bytes;

    internal GrainBlock(
        int keys,
        IReadOnlyList<StoredMeasure> measures,
        int index,
        int rows,
        ReadOnlySpan<GrainFormat.Column> columns,
        ReadOnlySpan<byte> bytes)
    {
        _keys = keys;
        _measures = measures;
        _index = index;
        Rows = rows;
        _columns = columns;
        _bytes = bytes;
    }

    /// <summary>Rows of the block.</summary>
    public int Rows { get; }

    /// <summary>Number of its first row in the grain.</summary>
    public long FirstRow => (long)_index * GrainFormat.BlockRows;

    /// <summary>How many rows of the source each row stands for.</summary>
    public BlockNumbers Counts => Numbers(_keys);

    /// <summary>Codes of a key.</summary>
    /// <param name="key">Position in <see cref="StoredGrain.Keys"/>.</param>
    public BlockCodes Key(int key) => new(Entry(key).Width, (uint)Entry(key).Base, Rows, Bytes(key));

    /// <summary>States of a measure.</summary>
    /// <param name="measure">Position in <see cref="StoredGrain.Measures"/>.</param>
    public BlockMeasure Measure(int measure)
    {
        var column = _keys + 1;
        for (var i = 0; i < measure; i++) column += GrainShape.ColumnsOf(_measures[i]);
        return new(this, _measures[measure], column);
    }

    internal ref readonly GrainFormat.Column Entry(int column) => ref _columns[column];

    internal ReadOnlySpan<byte> Bytes(int column) => _bytes.Slice((int)_columns[column].Offset, (int)_columns[column].Bytes);

    internal BlockNumbers Numbers(int column) => new(Entry(column).Width, Entry(column).Base, Entry(column).Count, Bytes(column));
}
