using System.Buffers.Binary;
using System.Runtime.InteropServices;
using Quern.Arrow.Buffers;
using Quern.Chunks;

namespace Quern.Arrow.Writing;

/// <summary>Booleans: a byte a row in the vector, a bit in Arrow.</summary>
sealed class BoolBuilder : ColumnBuilder
{
    const int BatchRows = 64;

    /// <summary>Moves bit 0 of byte i to bit 56 + i; the products of the others do not meet.</summary>
    const ulong Gather = 0x0102_0408_1020_4080;

    const ulong LowBits = 0x0101_0101_0101_0101;

    readonly BitBuffer _values = new();

    public override void Clear()
    {
        base.Clear();
        _values.Clear();
    }

    public override void Dispose()
    {
        _values.Dispose();
        base.Dispose();
    }

    protected override void AppendValues(Vector vector, int from, int count)
    {
        Span<byte> rows = stackalloc byte[BatchRows];
        var values = MemoryMarshal.AsBytes(vector.Values<byte>().Slice(from, count));
        for (var start = 0; start < count; start += BatchRows)
        {
            var taken = Math.Min(BatchRows, count - start);
            rows.Clear();
            values.Slice(start, taken).CopyTo(rows);
            var bits = 0UL;
            for (var i = 0; i < BatchRows; i += sizeof(ulong))
            {
                var eight = BinaryPrimitives.ReadUInt64LittleEndian(rows[i..]) & LowBits;
                bits |= unchecked(eight * Gather) >> 56 << i;
            }
            if (!vector.AllValid) bits &= BitBuffer.Word(vector.Validity, from + start, taken);
            _values.AppendWord(bits, taken);
        }
    }

    protected override void AddBuffers(BatchBody body) => body.AddBuffer(_values.Bytes);
}
