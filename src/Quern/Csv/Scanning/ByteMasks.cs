using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Quern.Csv.Scanning;

/// <summary>Finds the bytes that matter among 64: a bit a byte, the lowest for the first.</summary>
ref struct ByteMasks
{
    /// <summary>Bytes looked at together.</summary>
    public const int Width = 64;

    public ulong Delimiter;
    public ulong Quote;
    public ulong LineFeed;
    public ulong Return;

    /// <summary>Not zero when one of the bytes is above 0x7F.</summary>
    public uint NonAscii;

    /// <summary>Reads <see cref="Width"/> bytes from <paramref name="at"/>, all of which must be readable.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static unsafe ByteMasks Read(byte* at, byte delimiter, byte quote)
    {
        if (Vector512.IsHardwareAccelerated)
        {
            var all = Vector512.Load(at);
            var high512 = all.ExtractMostSignificantBits();
            return new ByteMasks
            {
                Delimiter = Find(all, delimiter),
                Quote = Find(all, quote),
                LineFeed = Find(all, (byte)'\n'),
                Return = Find(all, (byte)'\r'),
                NonAscii = (uint)high512 | (uint)(high512 >> 32),
            };
        }
        var low = Vector256.Load(at);
        var high = Vector256.Load(at + 32);
        return new ByteMasks
        {
            Delimiter = Find(low, high, delimiter),
            Quote = Find(low, high, quote),
            LineFeed = Find(low, high, (byte)'\n'),
            Return = Find(low, high, (byte)'\r'),
            NonAscii = (low | high).ExtractMostSignificantBits(),
        };
    }

    /// <summary>Where one byte is, among as many.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static unsafe ulong Find(byte* at, byte wanted) => Vector512.IsHardwareAccelerated
        ? Find(Vector512.Load(at), wanted)
        : Find(Vector256.Load(at), Vector256.Load(at + 32), wanted);

    /// <summary>The same a byte at a time.</summary>
    public static unsafe ByteMasks ReadScalar(byte* at, byte delimiter, byte quote)
    {
        var masks = default(ByteMasks);
        for (var i = 0; i < Width; i++)
        {
            var (b, bit) = (at[i], 1UL << i);
            if (b == delimiter) masks.Delimiter |= bit;
            if (b == quote) masks.Quote |= bit;
            if (b == '\n') masks.LineFeed |= bit;
            if (b == '\r') masks.Return |= bit;
            masks.NonAscii |= b & 0x80u;
        }
        return masks;
    }

    /// <summary>Forgets all bits but those of the first <paramref name="count"/> bytes.</summary>
    public void Keep(int count)
    {
        var kept = (1UL << count) - 1;
        Delimiter &= kept;
        Quote &= kept;
        LineFeed &= kept;
        Return &= kept;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static ulong Find(Vector512<byte> all, byte wanted) => Vector512.Equals(all, Vector512.Create(wanted)).ExtractMostSignificantBits();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static ulong Find(Vector256<byte> low, Vector256<byte> high, byte wanted)
    {
        var all = Vector256.Create(wanted);
        return Vector256.Equals(low, all).ExtractMostSignificantBits()
            | ((ulong)Vector256.Equals(high, all).ExtractMostSignificantBits() << 32);
    }
}
