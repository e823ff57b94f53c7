using Quern.Arrow.Buffers;

namespace Quern.Delivery.Parquet.Encoding;

/// <summary>Writes small numbers as runs of equal ones and, between these, packed bits (Parquet's RLE).</summary>
/// <remarks>Source: Parquet format, "Run Length Encoding / Bit-Packing Hybrid".</remarks>
static unsafe class HybridRuns
{
    /// <summary>From so many equal numbers on they are a run: fewer take less as bits beside their neighbours.</summary>
    const int LeastRun = 24;

    const int Group = 8;

    /// <summary>Appends codes.</summary>
    /// <param name="to">Where they go.</param>
    /// <param name="codes">The codes; room for 7 more, which are written.</param>
    /// <param name="count">How many.</param>
    /// <param name="width">Bits of each, 1 to 16.</param>
    public static void Append(NativeBuffer to, ushort* codes, int count, int width)
    {
        for (var i = count; i < count + Group - 1; i++) codes[i] = 0;
        var first = 0;
        for (var at = 0; at < count;)
        {
            var run = Run(codes, at, count);
            // What is packed has whole groups: it takes what it lacks from the run.
            var lack = -(at - first) & (Group - 1);
            if (run - lack < LeastRun)
            {
                at += run;
                continue;
            }
            Literal(to, codes + first, at + lack - first, width);
            Repeat(to, codes[at], run - lack, width);
            at += run;
            first = at;
        }
        Literal(to, codes + first, count - first, width);
    }

    /// <summary>Appends bits, one for each row.</summary>
    /// <param name="to">Where they go.</param>
    /// <param name="bits">The bits, in whole bytes.</param>
    /// <param name="count">How many.</param>
    public static void AppendBits(NativeBuffer to, byte* bits, int count)
    {
        var bytes = (count + 7) / 8;
        var first = 0;
        for (var at = 0; at < bytes;)
        {
            var end = at + 1;
            if (bits[at] is 0 or 0xFF)
                while (end < bytes && bits[end] == bits[at]) end++;
            if (end - at >= Group)
            {
                LiteralBits(to, bits + first, at - first);
                Repeat(to, (ushort)(bits[at] & 1), Math.Min(end * 8, count) - (at * 8), 1);
                first = end;
            }
            at = end;
        }
        LiteralBits(to, bits + first, bytes - first);
    }

    /// <summary>Appends one number many times.</summary>
    public static void Repeat(NativeBuffer to, ushort code, int count, int width)
    {
        if (count == 0) return;
        var start = to.Reserve(Varint.MostBytes + sizeof(ushort));
        var end = Varint.Write(start, (ulong)count << 1);
        *end++ = (byte)code;
        if (width > 8) *end++ = (byte)(code >> 8);
        to.Advance((int)(end - start));
    }

    static int Run(ushort* codes, int at, int count)
    {
        var code = codes[at];
        var end = at + 1;
        while (end < count && codes[end] == code) end++;
        return end - at;
    }

    static void Literal(NativeBuffer to, ushort* codes, int count, int width)
    {
        if (count == 0) return;
        var groups = (count + Group - 1) / Group;
        var start = to.Reserve(Varint.MostBytes + (groups * width) + (2 * sizeof(ulong)));
        var end = Varint.Write(start, ((ulong)groups << 1) | 1);
        end = BitPacker.Pack(codes, groups * Group, width, end);
        to.Advance((int)(end - start));
    }

    static void LiteralBits(NativeBuffer to, byte* bits, int bytes)
    {
        if (bytes == 0) return;
        var start = to.Reserve(Varint.MostBytes);
        to.Advance((int)(Varint.Write(start, ((ulong)bytes << 1) | 1) - start));
        to.Append(new ReadOnlySpan<byte>(bits, bytes));
    }
}
