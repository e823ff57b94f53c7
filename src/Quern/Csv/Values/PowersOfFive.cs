using System.Numerics;

namespace Quern.Csv.Values;

/// <summary>The first 128 bits of powers of five, for exponents of ten that measures have.</summary>
/// <remarks>Powers above 1 are cut off, those below 1 rounded up, as the algorithm that uses them asks. Source: Lemire,
/// "Number Parsing at a Gigabyte per Second", Software: Practice and Experience 51 (2021), section 5.</remarks>
static class PowersOfFive
{
    /// <summary>The smallest exponent.</summary>
    public const int Least = -100;

    /// <summary>The largest exponent.</summary>
    public const int Most = 100;

    /// <summary>High and low half, an exponent after the other from <see cref="Least"/> on.</summary>
    public static readonly ulong[] Halves = Make();

    static ulong[] Make()
    {
        var halves = new ulong[2 * (Most - Least + 1)];
        for (var exponent = Least; exponent <= Most; exponent++)
        {
            var value = exponent < 0 ? Reciprocal(-exponent) : Power(exponent);
            halves[2 * (exponent - Least)] = (ulong)(value >> 64);
            halves[(2 * (exponent - Least)) + 1] = (ulong)(value & ulong.MaxValue);
        }
        return halves;
    }

    static BigInteger Power(int exponent)
    {
        var power = BigInteger.Pow(5, exponent);
        var shift = (int)power.GetBitLength() - 128;
        return shift > 0 ? power >> shift : power << -shift;
    }

    static BigInteger Reciprocal(int exponent)
    {
        var power = BigInteger.Pow(5, exponent);
        // The smallest z with 2^z >= 5^exponent: no power of five but 1 is one of two.
        var z = (int)power.GetBitLength();
        var value = (BigInteger.One << (z + 127)) / power;
        return value + 1;
    }
}
