using System.Buffers.Text;
using System.Runtime.CompilerServices;
using Quern.Duck;

namespace Quern.Csv.Values;

/// <summary>Reads FLOAT, always rounded once, to the nearest, ties to even.</summary>
/// <remarks>The nearest double, rounded to a float, is the nearest float unless it lies right between two floats: then the
/// digits that the double left off decide, and the slow way is taken.</remarks>
unsafe readonly struct FloatCell : ICell<float>
{
    // Bits of a double that a float does not have.
    const ulong Rest = (1UL << 29) - 1;
    const ulong Tie = 1UL << 28;
    const double LeastNormal = 1.1754943508222875e-38;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool TryQuick(byte* cell, int length, out float value)
    {
        var isNumber = default(DoubleCell).TryQuick(cell, length, out var number);
        value = (float)number;
        var size = Math.Abs(number);
        return isNumber && (BitConverter.DoubleToUInt64Bits(number) & Rest) != Tie
            && (size is >= LeastNormal and <= float.MaxValue || size == 0);
    }

    /// <inheritdoc/>
    public bool TryAny(ReadOnlySpan<byte> text, out float value)
    {
        if (DoubleCell.IsPlain(text) && Utf8Parser.TryParse(text, out value, out var used) && used == text.Length && float.IsFinite(value)) return true;
        return TextCast.TryFloat(text, out value);
    }
}
