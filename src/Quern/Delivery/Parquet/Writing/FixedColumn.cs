using Quern.Arrow.Buffers;
using Quern.Chunks;
using Quern.Delivery.Parquet.Encoding;
using Quern.Delivery.Parquet.Metadata;

namespace Quern.Delivery.Parquet.Writing;

/// <summary>A column whose values all have the same size.</summary>
/// <typeparam name="TFrom">A value in a chunk.</typeparam>
/// <typeparam name="TTo">A value in the file.</typeparam>
/// <typeparam name="TForm">What makes one of the other.</typeparam>
sealed unsafe class FixedColumn<TFrom, TTo, TForm>(PageWriter pages) : CodedColumn<TTo>(pages)
    where TFrom : unmanaged
    where TTo : unmanaged, IEquatable<TTo>
    where TForm : IForm<TFrom, TTo>
{
    /// <summary>What steps between whole numbers may take of their plain size.</summary>
    const double DeltaShare = 0.8;

    readonly CodeTable<TTo> _table = new();
    readonly NativeBuffer _formed = new();
    TTo _least;
    TTo _most;
    bool _hasValues;
    bool _isUnordered;

    /// <inheritdoc/>
    public override long HeldBytes => base.HeldBytes + _table.HeldBytes + _formed.HeldBytes;

    /// <inheritdoc/>
    protected override int Known => _table.Count;

    /// <inheritdoc/>
    protected override long DictionaryBytes => (long)_table.Count * sizeof(TTo);

    /// <inheritdoc/>
    protected override long PlainBytes => (long)(Levels.Rows - Levels.Nulls) * sizeof(TTo);

    /// <inheritdoc/>
    public override void Begin(ColumnChunk chunk)
    {
        base.Begin(chunk);
        _table.Clear();
        (_hasValues, _isUnordered) = (false, false);
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
        base.Dispose();
        _table.Dispose();
        _formed.Dispose();
    }

    /// <inheritdoc/>
    protected override TTo* Values(Vector vector, int from, int count, NativeBuffer room, out int values)
    {
        var found = Dense<TFrom>(vector, from, count, room, out values);
        if (TForm.IsSame) return (TTo*)found;
        _formed.Cut();
        var formed = (TTo*)_formed.Reserve(count * sizeof(TTo));
        for (var i = 0; i < values; i++) formed[i] = TForm.Of(found[i]);
        return formed;
    }

    /// <inheritdoc/>
    protected override void Encode(TTo* values, int count, ushort* codes) => _table.Encode(values, count, codes);

    /// <inheritdoc/>
    protected override TTo Decode(ushort code) => _table.Values[code];

    /// <inheritdoc/>
    protected override void AppendPlain(TTo* values, int count)
    {
        Look(values, count);
        Plain.Append(new ReadOnlySpan<byte>(values, count * sizeof(TTo)));
    }

    /// <inheritdoc/>
    protected override PageEncoding WriteValues(NativeBuffer to, int values)
    {
        if (values == 0) return PageEncoding.Plain;
        if (TForm.IsWhole)
        {
            var start = to.Length;
            if (DeltaEncoder.TryAppend(to, (TTo*)Plain.First, values, DeltaShare)) return PageEncoding.Delta;
            to.Cut(start);
        }
        else if (TForm.IsReal)
        {
            ByteSplit.Write(Plain.First, values, sizeof(TTo), to.Reserve(Plain.Length));
            to.Advance(Plain.Length);
            return PageEncoding.ByteSplit;
        }
        to.Append(Plain.Bytes);
        return PageEncoding.Plain;
    }

    /// <inheritdoc/>
    protected override void WriteDictionary(NativeBuffer to) => to.Append(new ReadOnlySpan<byte>(_table.Values, _table.Count * sizeof(TTo)));

    /// <inheritdoc/>
    protected override void SetStatistics(bool isCoded)
    {
        if (isCoded) Look(_table.Values, _table.Count);
        if (!_hasValues || _isUnordered) return;
        var (least, most) = (TForm.Least(_least), TForm.Most(_most));
        Chunk.Statistics.Set(new ReadOnlySpan<byte>(&least, sizeof(TTo)), new ReadOnlySpan<byte>(&most, sizeof(TTo)));
    }

    void Look(TTo* values, int count)
    {
        if (count == 0) return;
        var (least, most, isUnordered) = _hasValues ? (_least, _most, _isUnordered) : (values[0], values[0], false);
        for (var i = 0; i < count; i++)
        {
            var value = values[i];
            if (TForm.IsLess(value, least)) least = value;
            if (TForm.IsLess(most, value)) most = value;
            isUnordered |= TForm.IsUnordered(value);
        }
        (_least, _most, _isUnordered, _hasValues) = (least, most, isUnordered, true);
    }
}
