using System.Numerics;
using System.Runtime.CompilerServices;
using Quern.Chunks;
using Quern.Duck;

namespace Quern.Csv.Values;

/// <summary>Reads whole numbers of up to 64 bits.</summary>
/// <param name="kind">The kind whose values are <typeparamref name="T"/>.</param>
unsafe readonly struct WholeCell<T>(TypeKind kind) : ICell<T> where T : unmanaged, IBinaryInteger<T>, IMinMaxValue<T>
{
    static readonly ulong Most = ulong.CreateTruncating(T.MaxValue);
    static readonly ulong MostNegative = 0 - ulong.CreateTruncating(T.MinValue);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool TryQuick(byte* cell, int length, out T value)
    {
        var isNegative = length > 0 && *cell == '-';
        var sign = isNegative ? 1 : 0;
        var isNumber = Digits.TryAll(cell + sign, length - sign, out var number);
        value = T.CreateTruncating(isNegative ? 0 - number : number);
        return isNumber && number <= (isNegative ? MostNegative : Most);
    }

    /// <inheritdoc/>
    public bool TryAny(ReadOnlySpan<byte> text, out T value)
    {
        var isValue = TextCast.TryWhole(text, kind, out var number);
        value = T.CreateTruncating(number);
        return isValue;
    }
}
