using System.Runtime.CompilerServices;

namespace Quern.Csv.Values;

/// <summary>Reads decimal digits, eight at a time where there are eight.</summary>
static unsafe class Digits
{
    /// <summary>Numbers of so many digits fit 64 bits.</summary>
    const int SafeDigits = 19;

    /// <summary>Reads a whole number of nothing but digits.</summary>
    /// <param name="at">The first one; 8 bytes may be read.</param>
    /// <param name="length">How many.</param>
    /// <param name="number">The number.</param>
    /// <returns>False for anything else, for none, and for more than 19.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool TryAll(byte* at, int length, out ulong number)
    {
        if ((uint)(length - 1) < 8) return TryEight(at, length, out number);
        number = 0;
        return length is > 0 and <= SafeDigits && Read(at, at + length, ref number) == at + length;
    }

    /// <summary>1 to 8 digits: the first ones become zeros.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static bool TryEight(byte* at, int length, out ulong number)
    {
        var eight = (Unsafe.ReadUnaligned<ulong>(at) ^ 0x3030303030303030) << (64 - (8 * length));
        number = Joined(eight);
        return ((eight | (eight + 0x7676767676767676)) & 0x8080808080808080) == 0;
    }

    /// <summary>Appends digits to a number; what does not fit 64 bits is lost, so the caller counts them.</summary>
    /// <returns>Behind the last digit.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static byte* Read(byte* at, byte* end, ref ulong number)
    {
        while (end - at >= 8)
        {
            var eight = Unsafe.ReadUnaligned<ulong>(at);
            if (!AreDigits(eight)) break;
            number = (number * 100_000_000) + Value(eight);
            at += 8;
        }
        for (; at < end; at++)
        {
            var digit = (uint)(*at - '0');
            if (digit > 9) break;
            number = (number * 10) + digit;
        }
        return at;
    }

    /// <summary>True when all eight bytes are digits.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool AreDigits(ulong eight) =>
        ((eight & 0xF0F0F0F0F0F0F0F0) | (((eight + 0x0606060606060606) & 0xF0F0F0F0F0F0F0F0) >> 4)) == 0x3333333333333333;

    /// <summary>The number that eight digits make, the first one in the lowest byte.</summary>
    /// <remarks>Neighbours are joined three times: 8 digits to 4 pairs, 2 fours, 1 number. Source: Lemire 2021, section 3.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static uint Value(ulong eight) => Joined(eight - 0x3030303030303030);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static uint Joined(ulong eight)
    {
        eight = (eight * 10) + (eight >> 8);
        return (uint)((((eight & 0x000000FF000000FF) * 0x000F424000000064)
            + (((eight >> 16) & 0x000000FF000000FF) * 0x0000271000000001)) >> 32);
    }
}
