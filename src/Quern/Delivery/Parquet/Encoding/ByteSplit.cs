using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Quern.Delivery.Parquet.Encoding;

/// <summary>Writes first bytes of all values, then their second bytes, and so on: signs and exponents, which are alike, come
/// together.</summary>
/// <remarks>Source: Parquet format, "Byte Stream Split".</remarks>
static unsafe class ByteSplit
{
    const int Step = 16;

    /// <summary>Writes values of 4 or 8 bytes.</summary>
    public static void Write(byte* values, int count, int width, byte* to)
    {
        var at = 0;
        if (width == 8 && Sse2.IsSupported)
            for (; at + Step <= count; at += Step) Eight(values + (at * 8), to + at, count);
        for (; at < count; at++)
            for (var b = 0; b < width; b++) to[((nint)b * count) + at] = values[(at * width) + b];
    }

    /// <summary>The place of a byte has the bits of its value's number, then those of its place there; each pass of interleaving the
    /// lower half with the upper one moves the top bit to the end. Four passes bring the number of the value there.</summary>
    static void Eight(byte* from, byte* to, int count)
    {
        var (a, b, c, d) = (Load(from, 0), Load(from, 1), Load(from, 2), Load(from, 3));
        var (e, f, g, h) = (Load(from, 4), Load(from, 5), Load(from, 6), Load(from, 7));
        for (var pass = 0; pass < 4; pass++)
        {
            (a, b, c, d, e, f, g, h) =
                (Low(a, e), High(a, e), Low(b, f), High(b, f), Low(c, g), High(c, g), Low(d, h), High(d, h));
        }
        nint stream = count;
        a.Store(to);
        b.Store(to + stream);
        c.Store(to + (2 * stream));
        d.Store(to + (3 * stream));
        e.Store(to + (4 * stream));
        f.Store(to + (5 * stream));
        g.Store(to + (6 * stream));
        h.Store(to + (7 * stream));
    }

    static Vector128<byte> Load(byte* from, int index) => Vector128.Load(from + (index * Vector128<byte>.Count));

    static Vector128<byte> Low(Vector128<byte> a, Vector128<byte> b) => Sse2.UnpackLow(a, b);

    static Vector128<byte> High(Vector128<byte> a, Vector128<byte> b) => Sse2.UnpackHigh(a, b);
}
