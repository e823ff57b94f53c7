using System.Buffers.Binary;
using System.Numerics;
using Quern.Duck;

namespace Quern.Arrow.Reading;

/// <summary>Writes rows of a loaded field into a vector.</summary>
/// <param name="source">The field; loaded anew for each batch.</param>
abstract unsafe class ColumnReader(LoadedField source)
{
    /// <summary>The field.</summary>
    protected LoadedField Source => source;

    /// <summary>Learns what holds for a whole batch; called when one is loaded. Default: nothing.</summary>
    public virtual void Begin()
    {
    }

    /// <summary>Writes rows.</summary>
    /// <param name="to">A vector of the type that <see cref="TypeMap"/> gives the field.</param>
    /// <param name="at">Its first row to write.</param>
    /// <param name="from">The first row of the batch.</param>
    /// <param name="count">How many.</param>
    /// <exception cref="InvalidDataException">The batch is damaged.</exception>
    /// <exception cref="QuernException">QN3255: a value does not fit.</exception>
    public void Write(VectorWriter to, int at, int from, int count)
    {
        WriteValues(to, at, from, count);
        if (source.Validity is null) return;
        for (var row = 0; row < count;)
        {
            var taken = Math.Min(count - row, 64 - ((from + row) & 7));
            var valid = Bits(from + row, taken);
            for (var nulls = ~valid & Mask(taken); nulls != 0; nulls &= nulls - 1)
                to.SetNull(at + row + BitOperations.TrailingZeroCount(nulls));
            row += taken;
        }
    }

    /// <summary>Writes the values of rows; what NULL rows get does not matter.</summary>
    protected abstract void WriteValues(VectorWriter to, int at, int from, int count);

    static ulong Mask(int bits) => bits == 64 ? ulong.MaxValue : (1UL << bits) - 1;

    /// <summary>Up to 57 validity bits, or 64 from a whole byte on.</summary>
    ulong Bits(int from, int count)
    {
        var first = source.Validity + (from >> 3);
        var bytes = ((from & 7) + count + 7) >> 3;
        if (bytes == sizeof(ulong)) return BinaryPrimitives.ReadUInt64LittleEndian(new(first, sizeof(ulong))) >> (from & 7);
        var bits = 0UL;
        for (var i = 0; i < bytes; i++) bits |= (ulong)first[i] << (i * 8);
        return bits >> (from & 7);
    }
}
