namespace Quern.Delivery.Parquet.Encoding;

/// <summary>Numbers in groups of seven bits, the lowest first.</summary>
static unsafe class Varint
{
    /// <summary>Bytes that a number takes at most.</summary>
    public const int MostBytes = 10;

    /// <summary>Writes a number; returns behind it.</summary>
    public static byte* Write(byte* to, ulong value)
    {
        for (; value >= 0x80; value >>= 7) *to++ = (byte)(value | 0x80);
        *to++ = (byte)value;
        return to;
    }

    /// <summary>Writes a number with its sign in the lowest bit; returns behind it.</summary>
    public static byte* WriteSigned(byte* to, long value) => Write(to, (ulong)((value << 1) ^ (value >> 63)));
}
