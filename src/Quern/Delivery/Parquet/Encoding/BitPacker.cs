namespace Quern.Delivery.Parquet.Encoding;

/// <summary>Puts numbers of a few bits one behind the other, the lowest bit first.</summary>
static unsafe class BitPacker
{
    /// <summary>Writes codes; returns behind them.</summary>
    /// <param name="from">The codes; a multiple of 8.</param>
    /// <param name="count">How many.</param>
    /// <param name="width">Bits of each, 1 to 16.</param>
    /// <param name="to">Room for 8 bytes more than they take.</param>
    public static byte* Pack(ushort* from, int count, int width, byte* to)
    {
        if (width == 16)
        {
            Buffer.MemoryCopy(from, to, count * sizeof(ushort), count * sizeof(ushort));
            return to + (count * sizeof(ushort));
        }
        if (width == 8)
        {
            for (var i = 0; i < count; i++) to[i] = (byte)from[i];
            return to + count;
        }
        var end = from + count;
        if (width <= 8)
        {
            for (; from < end; from += 8)
            {
                *(ulong*)to = Four(from, width) | (Four(from + 4, width) << (4 * width));
                to += width;
            }
            return to;
        }
        for (; from < end; from += 8)
        {
            // Eight codes are two halves of 36 to 60 bits.
            var (low, high) = (Four(from, width), Four(from + 4, width));
            var used = 4 * width;
            *(ulong*)to = low | (high << used);
            *(ulong*)(to + sizeof(ulong)) = high >> (64 - used);
            to += width;
        }
        return to;
    }

    /// <summary>Writes 32 numbers; returns behind them.</summary>
    /// <param name="from">The numbers, none with a higher bit.</param>
    /// <param name="width">Bits of each, 0 to 64.</param>
    /// <param name="to">Room for 8 bytes more than they take.</param>
    public static byte* Pack32(ulong* from, int width, byte* to)
    {
        var (bits, used) = (0UL, 0);
        for (var i = 0; i < 32; i++)
        {
            bits |= from[i] << used;
            used += width;
            if (used < 64) continue;
            *(ulong*)to = bits;
            to += sizeof(ulong);
            used -= 64;
            bits = used == 0 ? 0 : from[i] >> (width - used);
        }
        *(ulong*)to = bits;
        return to + (used / 8);
    }

    static ulong Four(ushort* from, int width) =>
        from[0] | ((ulong)from[1] << width) | ((ulong)from[2] << (2 * width)) | ((ulong)from[3] << (3 * width));
}
