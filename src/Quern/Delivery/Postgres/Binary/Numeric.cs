using System.Buffers.Binary;
using System.Globalization;
using System.Runtime.CompilerServices;

namespace Quern.Delivery.Postgres.Binary;

/// <summary>The server's numeric: groups of four decimal digits, the first one worth 10000^weight, a sign, and digits behind the point to
/// show (PostgreSQL source, numeric_send in src/backend/utils/adt/numeric.c). Exact for all 128 bits.</summary>
static unsafe class Numeric
{
    const int Group = 4;
    const int GroupBase = 10_000;
    const ushort Negative = 0x4000, NotANumber = 0xC000, Infinite = 0xD000, NegativeInfinite = 0xF000;

    /// <summary>39 digits, split at the point, which adds a group.</summary>
    const int MostGroups = 12;

    /// <summary>Digits with up to three zeros behind them are whole numbers of 64 bits.</summary>
    const ulong MostSmall = ulong.MaxValue / 1000;

    /// <summary>Groups of a text that are kept on the stack: any double near 1 has fewer.</summary>
    const int MostShort = 32;

    static readonly int[] Powers = [1, 10, 100, 1000, GroupBase];

    /// <inheritdoc cref="Write(CopyBuffer, UInt128, bool, int)"/>
    [SkipLocalsInit]
    public static void Write(CopyBuffer to, ulong digits, bool isNegative, int scale)
    {
        if (digits > MostSmall)
        {
            Write(to, (UInt128)digits, isNegative, scale);
            return;
        }
        var groups = stackalloc short[MostGroups];
        var fraction = (scale + Group - 1) / Group;
        var (first, weight) = (MostGroups, -fraction - 1);
        // The last group is filled with zeros behind its digits.
        for (var rest = digits * (ulong)Powers[(fraction * Group) - scale]; rest != 0; weight++)
        {
            var next = rest / GroupBase;
            groups[--first] = (short)(rest - (next * GroupBase));
            rest = next;
        }
        var count = MostGroups - first;
        while (count > 0 && groups[first + count - 1] == 0) count--;
        WriteGroups(to, new ReadOnlySpan<short>(groups + first, count), count == 0 ? 0 : weight, count > 0 && isNegative, scale);
    }

    /// <summary>Writes a number with its length in front.</summary>
    /// <param name="to">Where.</param>
    /// <param name="digits">Its digits as a whole number.</param>
    /// <param name="isNegative">Its sign.</param>
    /// <param name="scale">How many of the digits are behind the point.</param>
    public static void Write(CopyBuffer to, UInt128 digits, bool isNegative, int scale)
    {
        var groups = stackalloc short[MostGroups];
        var (first, fraction) = (MostGroups, (scale + Group - 1) / Group);
        // From the last group to the first; the last one is filled with zeros behind its digits.
        var part = scale % Group is var rest && rest == 0 ? Group : rest;
        var pad = Powers[Group - part];
        if (scale == 0) (part, pad) = (Group, 1);
        while (digits > ulong.MaxValue)
        {
            (digits, var group) = UInt128.DivRem(digits, (UInt128)Powers[part]);
            groups[--first] = (short)((int)group * pad);
            (part, pad) = (Group, 1);
        }
        for (var low = (ulong)digits; low != 0; (part, pad) = (Group, 1))
        {
            (low, var group) = Math.DivRem(low, (ulong)Powers[part]);
            groups[--first] = (short)((int)group * pad);
        }
        var (count, weight) = (MostGroups - first, MostGroups - first - fraction - 1);
        var begin = first;
        while (count > 0 && groups[begin] == 0) (begin, count, weight) = (begin + 1, count - 1, weight - 1);
        while (count > 0 && groups[begin + count - 1] == 0) count--;
        WriteGroups(to, new ReadOnlySpan<short>(groups + begin, count), count == 0 ? 0 : weight, count > 0 && isNegative, scale);
    }

    /// <summary>Writes what a text says: digits, a point, an exponent, or a word for what is no number.</summary>
    public static void WriteText(CopyBuffer to, ReadOnlySpan<byte> text)
    {
        switch (text)
        {
            case [(byte)'N', ..]: Special(to, NotANumber); return;
            case [(byte)'I', ..] or [(byte)'i', ..]: Special(to, Infinite); return;
            case [(byte)'-', (byte)'I', ..] or [(byte)'-', (byte)'i', ..]: Special(to, NegativeInfinite); return;
        }
        var isNegative = text is [(byte)'-', ..];
        if (isNegative) text = text[1..];
        var exponent = 0;
        if (text.IndexOfAny((byte)'e', (byte)'E') is >= 0 and var e)
        {
            exponent = int.Parse(text[(e + 1)..], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
            text = text[..e];
        }
        var point = text.IndexOf((byte)'.');
        var whole = point < 0 ? text : text[..point];
        var fraction = point < 0 ? default : text[(point + 1)..];
        // Digits in front of the point, once the exponent has moved it.
        var before = whole.Length + exponent;
        var scale = Math.Max(0, fraction.Length - exponent);
        var lead = ((before % Group) + Group) % Group is var over && over == 0 ? 0 : Group - over;
        var total = Math.Max(whole.Length + fraction.Length, before);
        var length = (lead + total + Group - 1) / Group;
        var groups = length <= MostShort ? stackalloc short[MostShort] : new short[length];
        groups = groups[..length];
        for (var i = 0; i < whole.Length + fraction.Length; i++)
        {
            var digit = (i < whole.Length ? whole[i] : fraction[i - whole.Length]) - '0';
            groups[(lead + i) / Group] += (short)(digit * Powers[Group - 1 - ((lead + i) % Group)]);
        }
        var weight = ((before + lead) / Group) - 1;
        var (begin, count) = (0, groups.Length);
        while (count > 0 && groups[begin] == 0) (begin, count, weight) = (begin + 1, count - 1, weight - 1);
        while (count > 0 && groups[begin + count - 1] == 0) count--;
        WriteGroups(to, groups.Slice(begin, count), count == 0 ? 0 : weight, count > 0 && isNegative, scale);
    }

    static void WriteGroups(CopyBuffer to, ReadOnlySpan<short> groups, int weight, bool isNegative, int scale)
    {
        var at = to.Take(12 + (groups.Length * 2));
        Unsafe.WriteUnaligned(at, BinaryPrimitives.ReverseEndianness(8 + (groups.Length * 2)));
        Unsafe.WriteUnaligned(at + 4, BinaryPrimitives.ReverseEndianness((groups.Length << 16) | (ushort)weight));
        Unsafe.WriteUnaligned(at + 8, BinaryPrimitives.ReverseEndianness((isNegative ? Negative << 16 : 0) | scale));
        at += 12;
        for (var i = 0; i < groups.Length; i++, at += 2) Unsafe.WriteUnaligned(at, BinaryPrimitives.ReverseEndianness(groups[i]));
    }

    static void Special(CopyBuffer to, ushort sign)
    {
        to.Int32(8);
        to.Int32(0);
        to.Int16((short)sign);
        to.Int16(0);
    }
}
