using System.Runtime.CompilerServices;
using Quern.Duck;

namespace Quern.Csv.Values;

/// <summary>Reads BOOLEAN.</summary>
unsafe readonly struct BoolCell : ICell<byte>
{
    const uint True = 0x65757274;
    const uint Fals = 0x736C6166;
    const uint Lower = 0x20202020;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool TryQuick(byte* cell, int length, out byte value)
    {
        var four = Unsafe.ReadUnaligned<uint>(cell) | Lower;
        if (length == 1)
        {
            value = (byte)(*cell - '0');
            if (value <= 1) return true;
            value = (byte)four is (byte)'t' or (byte)'y' ? (byte)1 : (byte)0;
            return value == 1 || (byte)four is (byte)'f' or (byte)'n';
        }
        value = four == True ? (byte)1 : (byte)0;
        if (length == 4) return four == True;
        return length == 5 && four == Fals && (cell[4] | 0x20) == 'e';
    }

    /// <inheritdoc/>
    public bool TryAny(ReadOnlySpan<byte> text, out byte value) => TextCast.TryBoolean(text, out value);
}
