using System.Numerics;
using Quern.Arrow.Buffers;

namespace Quern.Delivery.Parquet.Encoding;

/// <summary>Writes whole numbers as the steps between them, in blocks of 128 with as many bits as the largest step of 32 asks
/// for.</summary>
/// <remarks>Steps wrap within the width of the numbers. Source: Parquet format, "Delta Encoding (DELTA_BINARY_PACKED)".</remarks>
static unsafe class DeltaEncoder
{
    const int Block = 128;
    const int Parts = 4;
    const int Part = Block / Parts;

    /// <summary>Blocks after which it is known whether it pays.</summary>
    const int Look = 64;

    /// <summary>Appends numbers of 32 or 64 bits.</summary>
    /// <returns>False when they take more than a share of their plain size; then there is nothing to be relied on behind the buffer's
    /// old end.</returns>
    /// <param name="to">Where they go.</param>
    /// <param name="values">The numbers.</param>
    /// <param name="count">How many; at least one.</param>
    /// <param name="share">The share.</param>
    public static bool TryAppend<T>(NativeBuffer to, T* values, int count, double share) where T : unmanaged
    {
        var start = to.Length;
        var most = (long)(count * (long)sizeof(T) * share);
        var head = to.Reserve(4 * Varint.MostBytes);
        var end = Varint.Write(head, Block);
        end = Varint.Write(end, Parts);
        end = Varint.Write(end, (ulong)count);
        end = Varint.WriteSigned(end, Wide(values[0]));
        to.Advance((int)(end - head));
        var steps = stackalloc ulong[Block];
        for (var (at, block) = (1, 1); at < count; at += Block, block++)
        {
            var size = Math.Min(Block, count - at);
            var room = to.Reserve(Varint.MostBytes + Parts + (Block * sizeof(ulong)) + sizeof(ulong));
            to.Advance((int)(One(values + at, size, steps, room) - room));
            if (block % Look == 0 && to.Length - start > at * (long)sizeof(T) * share) return false;
        }
        return to.Length - start <= most;
    }

    static byte* One<T>(T* values, int count, ulong* steps, byte* to) where T : unmanaged
    {
        var least = long.MaxValue;
        var before = Wide(values[-1]);
        for (var i = 0; i < count; i++)
        {
            var value = Wide(values[i]);
            var step = sizeof(T) == sizeof(int) ? (int)(value - before) : value - before;
            before = value;
            least = Math.Min(least, step);
            steps[i] = (ulong)step;
        }
        for (var i = count; i < Block; i++) steps[i] = (ulong)least;
        to = Varint.WriteSigned(to, least);
        var widths = to;
        to += Parts;
        for (var part = 0; part < Parts; part++)
        {
            var of = steps + (part * Part);
            var all = 0UL;
            for (var i = 0; i < Part; i++)
            {
                var more = of[i] - (ulong)least;
                of[i] = sizeof(T) == sizeof(int) ? (uint)more : more;
                all |= of[i];
            }
            widths[part] = (byte)(64 - BitOperations.LeadingZeroCount(all));
            if (widths[part] > 0) to = BitPacker.Pack32(of, widths[part], to);
        }
        return to;
    }

    static long Wide<T>(T value) where T : unmanaged => sizeof(T) == sizeof(int) ? *(int*)&value : *(long*)&value;
}
