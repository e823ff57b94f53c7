using Quern.Arrow.Buffers;
using Quern.Chunks;
using Quern.Delivery.Parquet.Metadata;

namespace Quern.Delivery.Parquet.Writing;

/// <summary>A column of truth values, a bit each.</summary>
sealed unsafe class BoolColumn(PageWriter pages) : ColumnBuilder(pages)
{
    readonly NativeBuffer _bits = new();
    readonly NativeBuffer _dense = new();
    int _values;
    int _true;

    /// <inheritdoc/>
    public override long HeldBytes => base.HeldBytes + _bits.HeldBytes + _dense.HeldBytes;

    /// <inheritdoc/>
    public override long UsedBytes => base.UsedBytes + _bits.Length;

    /// <inheritdoc/>
    public override void Begin(ColumnChunk chunk)
    {
        base.Begin(chunk);
        _bits.Cut();
        (_values, _true) = (0, 0);
    }

    /// <inheritdoc/>
    public override void Append(Vector vector, int from, int count)
    {
        var values = Dense<byte>(vector, from, count, _dense, out var found);
        var bytes = (_values + found + 7) / 8;
        if (bytes > _bits.Length) _bits.AppendZeros(bytes - _bits.Length);
        var bits = _bits.First;
        for (var i = 0; i < found; i++, _values++)
        {
            var bit = values[i] == 0 ? 0 : 1;
            bits[_values >> 3] |= (byte)(bit << (_values & 7));
            _true += bit;
        }
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
        base.Dispose();
        _bits.Dispose();
        _dense.Dispose();
    }

    /// <inheritdoc/>
    protected override void Finish()
    {
        var page = Pages.Page;
        page.Cut();
        Levels.Write(page, 0, Levels.Rows, Pages.Scratch);
        page.Append(_bits.Bytes);
        Pages.Write(Body, Chunk, Levels.Rows, PageEncoding.Plain);
        if (_values > 0) Chunk.Statistics.Set([(byte)(_true == _values ? 1 : 0)], [(byte)(_true > 0 ? 1 : 0)]);
    }
}
