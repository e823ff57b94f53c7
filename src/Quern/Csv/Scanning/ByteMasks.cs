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
    static ulong Find(Vector256<byte> low, Vector256<byte> high, byte wanted)
    {
        var all = Vector256.Create(wanted);
        return Vector256.Equals(low, all).ExtractMostSignificantBits()
            | ((ulong)Vector256.Equals(high, all).ExtractMostSignificantBits() << 32);
    }
}
