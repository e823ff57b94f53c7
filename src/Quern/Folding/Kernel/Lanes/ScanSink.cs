using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Quern.Chunks;
using Quern.Csv;

namespace Quern.Folding.Kernel.Lanes;

/// <summary>Takes the cells of a reader as lanes.</summary>
sealed unsafe class ScanSink : CellSink, IDisposable
{
    readonly Lane[] _lanes;
    readonly void*[] _raw;
    readonly TextArena[] _texts;

    /// <summary>Lanes for some columns.</summary>
    public ScanSink(Schema schema)
    {
        _lanes = new Lane[schema.Count];
        _raw = new void*[schema.Count];
        _texts = new TextArena[schema.Count];
        for (var i = 0; i < schema.Count; i++)
        {
            var type = schema[i].Type;
            _lanes[i] = new Lane(LaneTypes.KindOf(type), type);
            _raw[i] = IsNarrow(type) ? NativeMemory.AllocZeroed((nuint)(Chunk.Capacity * type.Width)) : _lanes[i].Values;
            _texts[i] = new TextArena();
        }
    }

    /// <summary>The lane of a column, by its position in the pass.</summary>
    public Lane this[int column] => _lanes[column];

    /// <summary>Forgets all rows.</summary>
    public void Clear()
    {
        for (var i = 0; i < _lanes.Length; i++)
        {
            _lanes[i].ClearNulls();
            _texts[i].Clear();
        }
    }

    /// <summary>Makes 64 bits of narrower values; call it when the rows are there.</summary>
    public void Widen(int rows)
    {
        for (var i = 0; i < _lanes.Length; i++)
            if (_raw[i] != _lanes[i].Values) Widen(_lanes[i], _raw[i], rows);
    }

    /// <inheritdoc/>
    public override void* Values(int column) => _raw[column];

    /// <inheritdoc/>
    public override void SetLongText(int column, Text* values, int row, byte* bytes, int length)
    {
        var to = _texts[column].Take(length);
        Buffer.MemoryCopy(bytes, to, length, length);
        values[row] = new Text(to, length);
    }

    /// <inheritdoc/>
    public override void EndTexts(int column, Text* values, int rows)
    {
    }

    /// <inheritdoc/>
    public override void SetNull(int column, int row) => _lanes[column].SetNull(row);

    /// <inheritdoc/>
    public override void Keep(int first, ReadOnlySpan<int> rows)
    {
        for (var i = 0; i < _lanes.Length; i++)
        {
            var lane = _lanes[i];
            var raw = (byte*)_raw[i];
            var width = IsNarrow(lane.Type) ? lane.Type.Width : Bytes(lane);
            for (var k = 0; k < rows.Length; k++)
            {
                var (from, to) = (first + rows[k], first + k);
                Unsafe.CopyBlock(raw + ((long)to * width), raw + ((long)from * width), (uint)width);
                var isNull = lane.IsNull(from);
                lane.Nulls[to >> 6] &= ~(1UL << to);
                if (isNull) lane.Nulls[to >> 6] |= 1UL << to;
            }
            // The rows that follow are written anew: none of them is NULL yet.
            for (var row = first + rows.Length; row < Chunk.Capacity && lane.HasNulls; row++) lane.Nulls[row >> 6] &= ~(1UL << row);
        }

        static int Bytes(Lane lane) => lane.Kind == LaneKind.Text ? sizeof(Text) : sizeof(long);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        for (var i = 0; i < _lanes.Length; i++)
        {
            if (_raw[i] != _lanes[i].Values) NativeMemory.Free(_raw[i]);
            _lanes[i].Dispose();
            _texts[i].Dispose();
        }
    }

    static bool IsNarrow(LogicalType type) => type.Width < sizeof(long);

    static void Widen(Lane lane, void* raw, int rows)
    {
        var to = lane.Values;
        switch (lane.Type.Kind)
        {
            case TypeKind.Float:
                for (var i = 0; i < rows; i++) lane.Doubles[i] = ((float*)raw)[i];
                break;
            case TypeKind.Boolean or TypeKind.UTinyInt:
                for (var i = 0; i < rows; i++) to[i] = ((byte*)raw)[i];
                break;
            case TypeKind.USmallInt:
                for (var i = 0; i < rows; i++) to[i] = ((ushort*)raw)[i];
                break;
            case TypeKind.UInteger:
                for (var i = 0; i < rows; i++) to[i] = ((uint*)raw)[i];
                break;
            default:
                Widen(lane.Type.Width, raw, to, rows);
                break;
        }
    }

    static void Widen(int width, void* raw, long* to, int rows)
    {
        if (width == 1)
        {
            for (var i = 0; i < rows; i++) to[i] = ((sbyte*)raw)[i];
        }
        else if (width == 2)
        {
            for (var i = 0; i < rows; i++) to[i] = ((short*)raw)[i];
        }
        else
        {
            var i = 0;
            for (; i + Vector256<int>.Count <= rows; i += Vector256<int>.Count)
            {
                var (low, high) = Vector256.Widen(Vector256.Load((int*)raw + i));
                low.Store(to + i);
                high.Store(to + i + Vector256<long>.Count);
            }
            for (; i < rows; i++) to[i] = ((int*)raw)[i];
        }
    }
}
