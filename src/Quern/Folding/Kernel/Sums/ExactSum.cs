using System.Numerics;

namespace Quern.Folding.Kernel.Sums;

/// <summary>A sum of any doubles that is exact until it is read: a whole number of 2^-1074 in 35 words, negative ones in two's
/// complement.</summary>
/// <remarks>For the few values that <see cref="Quantum"/> does not take. Doubles have 2,098 bits in these units; the rest leaves room for
/// 2^141 of the largest. Source: U. Kulisch, "Very fast and exact accumulation of products", Computing 91 (2011).</remarks>
sealed class ExactSum
{
    const int Words = 35, MantissaBits = 52, UnitBits = 1074, QuantumBits = 80;
    const ulong Hidden = 1UL << MantissaBits;

    readonly ulong[] _words = new ulong[Words];
    bool _isNaN, _isUp, _isDown;

    /// <summary>Adds a double.</summary>
    public void Add(double value)
    {
        if (!double.IsFinite(value))
        {
            _isNaN |= double.IsNaN(value);
            _isUp |= double.IsPositiveInfinity(value);
            _isDown |= double.IsNegativeInfinity(value);
            return;
        }
        var bits = BitConverter.DoubleToUInt64Bits(value);
        var exponent = (int)(bits >> MantissaBits) & 0x7FF;
        var mantissa = bits & (Hidden - 1);
        if (exponent > 0) mantissa |= Hidden;
        Add(mantissa, 0, Math.Max(exponent - 1, 0), value < 0);
    }

    /// <summary>Adds a number of the units of <see cref="Quantum"/>.</summary>
    public void Add(ulong low, long high)
    {
        var isNegative = high < 0;
        if (isNegative)
        {
            low = 0 - low;
            high = ~high + (low == 0 ? 1 : 0);
        }
        Add(low, (ulong)high, UnitBits - QuantumBits, isNegative);
    }

    /// <summary>Adds a whole number.</summary>
    public void AddWhole(Int128 number)
    {
        var magnitude = (UInt128)(number < 0 ? -number : number);
        Add((ulong)magnitude, (ulong)(magnitude >> 64), UnitBits, number < 0);
    }

    /// <summary>Adds another sum.</summary>
    public void Add(ExactSum other)
    {
        var carry = 0UL;
        for (var i = 0; i < Words; i++)
        {
            var sum = (UInt128)_words[i] + other._words[i] + carry;
            (_words[i], carry) = ((ulong)sum, (ulong)(sum >> 64));
        }
        _isNaN |= other._isNaN;
        _isUp |= other._isUp;
        _isDown |= other._isDown;
    }

    /// <summary>The nearest double, of two the even one; infinite when it is larger than all.</summary>
    public double ToDouble()
    {
        if (_isNaN || (_isUp && _isDown)) return double.NaN;
        if (_isUp || _isDown) return _isUp ? double.PositiveInfinity : double.NegativeInfinity;
        var isNegative = (long)_words[^1] < 0;
        var words = isNegative ? Negated() : _words;
        var top = Words - 1;
        while (top > 0 && words[top] == 0) top--;
        var last = (top * 64) + 63 - BitOperations.LeadingZeroCount(words[top]);
        if (words[top] == 0) return 0;
        var bits = last <= MantissaBits ? words[0] : Rounded(words, last);
        return BitConverter.UInt64BitsToDouble(bits | (isNegative ? 1UL << 63 : 0));
    }

    static ulong Rounded(ulong[] words, int last)
    {
        var first = last - MantissaBits;
        var mantissa = Bits(words, first) & ((Hidden << 1) - 1);
        var half = (words[(first - 1) >> 6] >> ((first - 1) & 63)) & 1;
        var rest = words[(first - 1) >> 6] & ((1UL << ((first - 1) & 63)) - 1);
        for (var i = 0; i < (first - 1) >> 6; i++) rest |= words[i];
        if (half != 0 && (rest != 0 || (mantissa & 1) != 0)) mantissa++;
        // A carry out of the mantissa makes the exponent greater by one, as it should.
        var bits = ((ulong)(first + 1) << MantissaBits) + (mantissa - Hidden);
        return Math.Min(bits, 0x7FF0000000000000);
    }

    static ulong Bits(ulong[] words, int first)
    {
        var (word, shift) = (first >> 6, first & 63);
        return shift == 0 ? words[word] : (words[word] >> shift) | (word + 1 < Words ? words[word + 1] << (64 - shift) : 0);
    }

    void Add(ulong low, ulong high, int place, bool isNegative)
    {
        var (word, shift) = (place >> 6, place & 63);
        var (first, second, third) = shift == 0 ? (low, high, 0UL) : (low << shift, (high << shift) | (low >> (64 - shift)), high >> (64 - shift));
        var carry = 0UL;
        for (var i = word; i < Words; i++)
        {
            var part = (i - word) switch { 0 => first, 1 => second, 2 => third, _ => 0UL };
            if (i - word > 2 && carry == 0) return;
            var sum = isNegative ? (UInt128)_words[i] - part - carry : (UInt128)_words[i] + part + carry;
            _words[i] = (ulong)sum;
            carry = (ulong)(sum >> 64) & 1;
        }
    }

    ulong[] Negated()
    {
        var negated = new ulong[Words];
        var carry = 1UL;
        for (var i = 0; i < Words; i++)
        {
            negated[i] = ~_words[i] + carry;
            carry = carry != 0 && negated[i] == 0 ? 1UL : 0;
        }
        return negated;
    }
}
