using System.Buffers.Binary;
using System.Runtime.CompilerServices;

namespace Quern.Csv.Values;

/// <summary>Reads UUID: 32 digits with dashes anywhere, in braces or not.</summary>
unsafe readonly struct UuidCell : ICell<Int128>
{
    const int Bytes = 36;

    // The value of a hexadecimal digit; 0xFF for other bytes.
    static readonly byte[] Values = Make();

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool TryQuick(byte* cell, int length, out Int128 value)
    {
        value = default;
        if (length != Bytes || cell[8] != '-' || cell[13] != '-' || cell[18] != '-' || cell[23] != '-') return false;
        var high = 0UL;
        var low = 0UL;
        var bad = Add(cell, 8, ref high) | Add(cell + 9, 4, ref high) | Add(cell + 14, 4, ref high)
            | Add(cell + 19, 4, ref low) | Add(cell + 24, 12, ref low);
        value = (Int128)new UInt128(high ^ (1UL << 63), low);
        return bad <= 0xF;
    }

    /// <inheritdoc/>
    public bool TryAny(ReadOnlySpan<byte> text, out Int128 value)
    {
        value = default;
        if (text[0] == '{')
        {
            if (text[^1] != '}') return false;
            text = text[1..^1];
        }
        Span<byte> bytes = stackalloc byte[16];
        var count = 0;
        foreach (var b in text)
        {
            if (b == '-') continue;
            var digit = Values[b];
            if (digit > 0xF || count == 32) return false;
            bytes[count / 2] = (byte)((bytes[count / 2] << 4) | digit);
            count++;
        }
        value = BinaryPrimitives.ReadInt128BigEndian(bytes) ^ Int128.MinValue;
        return count == 32;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static int Add(byte* at, int count, ref ulong number)
    {
        var bad = 0;
        for (var i = 0; i < count; i++)
        {
            var digit = Values[at[i]];
            bad |= digit;
            number = (number << 4) | digit;
        }
        return bad;
    }

    static byte[] Make()
    {
        var values = new byte[256];
        Array.Fill(values, (byte)0xFF);
        for (var i = 0; i < 10; i++) values['0' + i] = (byte)i;
        for (var i = 0; i < 6; i++) values['a' + i] = values['A' + i] = (byte)(10 + i);
        return values;
    }
}
