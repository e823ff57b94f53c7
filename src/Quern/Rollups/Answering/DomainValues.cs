using System.Numerics;
using System.Text;
using Quern.Chunks;
using Quern.Folding.Expressions;
using Quern.Folding.Planning;
using Quern.Folding.Results;

namespace Quern.Rollups.Answering;

/// <summary>The values of codes, compared with constants of queries.</summary>
static class DomainValues
{
    const long MicrosPerMinute = 60_000_000;
    const long MicrosPerDay = 24 * 60 * MicrosPerMinute;
    const long MicrosPerSecond = 1_000_000;
    const long MicrosPerMilli = 1000;

    /// <summary>The number of a code that is no text: whole, unscaled, days, or the type's unit since 1970. Of buckets their first moment in
    /// minutes, or their first day.</summary>
    public static long Number(KeyDomain domain, uint code) => domain switch
    {
        LinearDomain { Bucket: { } bucket } linear => Start(bucket, linear.First + code),
        LinearDomain linear => linear.First + code,
        NumberDomain numbers => numbers.Values.Span[(int)code],
        _ => throw new ArgumentException("texts are no numbers", nameof(domain)),
    };

    /// <summary>Microseconds since 1970 of a moment or day that <see cref="Number"/> gave.</summary>
    public static Int128 Micros(LogicalType type, TimeBucket? bucket, long number) => type.Kind switch
    {
        TypeKind.Date => (Int128)number * MicrosPerDay,
        _ when bucket is not null => (Int128)number * MicrosPerMinute,
        TypeKind.TimestampSeconds => (Int128)number * MicrosPerSecond,
        TypeKind.TimestampMillis => (Int128)number * MicrosPerMilli,
        _ => number,
    };

    /// <summary>A constant in the form that values of a domain are compared in.</summary>
    public static Operand Prepare(LogicalType type, object value) => TypeClasses.Of(type) switch
    {
        TypeClass.Text or TypeClass.Uuid => new Operand(0, 0, Encoding.UTF8.GetBytes((string)value)),
        TypeClass.Flag => Operand.Of(value is true ? 1 : 0),
        TypeClass.Day or TypeClass.Moment => Operand.Of(Micros(value)),
        TypeClass.Decimal => Scaled(value, type.Scale),
        _ => Scaled(value, 0),
    };

    /// <summary>How a value stands to a constant: below 0 when it is less.</summary>
    public static int Compare(KeyDomain domain, uint code, Operand constant)
    {
        if (domain is TextDomain texts) return texts[code].SequenceCompareTo(constant.Text);
        var number = Number(domain, code);
        var value = domain.Type.Kind == TypeKind.Date || TypeClasses.Of(domain.Type) == TypeClass.Moment
            ? Micros(domain.Type, (domain as LinearDomain)?.Bucket, number)
            : number;
        return Compare(value, constant);
    }

    /// <summary>How a whole number stands to a constant.</summary>
    public static int Compare(Int128 value, Operand constant)
    {
        var order = value.CompareTo(constant.Floor);
        // Between the whole number below and the next one nothing is equal.
        return order != 0 || constant.Rest == 0 ? order : -1;
    }

    /// <summary>Microseconds since 1970 of a constant.</summary>
    public static Int128 Micros(object value) => value switch
    {
        DateOnly day => (Int128)(day.DayNumber - DateOnly.FromDateTime(DateTime.UnixEpoch).DayNumber) * MicrosPerDay,
        DateTime moment => (moment.Ticks - DateTime.UnixEpoch.Ticks) / TimeSpan.TicksPerMicrosecond,
        _ => throw new ArgumentException("no moment", nameof(value)),
    };

    // First moment in minutes, or first day.
    static long Start(TimeBucket bucket, long number) => bucket switch
    {
        TimeBucket.Minute or TimeBucket.Day => number,
        TimeBucket.Hour => Buckets.First(bucket, TimeBucket.Minute, number),
        _ => Buckets.First(bucket, TimeBucket.Day, number),
    };

    static Operand Scaled(object value, int scale)
    {
        switch (value)
        {
            case long number when scale == 0:
                return Operand.Of(number);
            case long number:
                return Scaled((decimal)number, scale);
            case decimal number:
                Span<int> parts = stackalloc int[4];
                decimal.GetBits(number, parts);
                var digits = (BigInteger)new UInt128((uint)parts[2], ((ulong)(uint)parts[1] << 32) | (uint)parts[0]);
                return Divided((number < 0 ? -digits : digits) * BigInteger.Pow(10, scale), BigInteger.Pow(10, number.Scale));
            case double number when double.IsNaN(number) || double.IsPositiveInfinity(number):
                return Operand.Of(Int128.MaxValue);
            case double number when double.IsNegativeInfinity(number):
                return Operand.Of(Int128.MinValue);
            case double number:
                var bits = BitConverter.DoubleToInt64Bits(number);
                var exponent = (int)((bits >> 52) & 0x7FF);
                var mantissa = (BigInteger)((bits & 0xFFFFFFFFFFFFF) | (exponent == 0 ? 0 : 1L << 52)) * BigInteger.Pow(10, scale);
                exponent = Math.Max(exponent, 1) - 1075;
                if (bits < 0) mantissa = -mantissa;
                return exponent >= 0 ? Divided(mantissa << exponent, BigInteger.One) : Divided(mantissa, BigInteger.One << -exponent);
            default:
                throw new ArgumentException("no number", nameof(value));
        }
    }

    static Operand Divided(BigInteger number, BigInteger by)
    {
        var quotient = BigInteger.DivRem(number, by, out var rest);
        if (rest.Sign < 0) (quotient, rest) = (quotient - 1, rest + by);
        return quotient > (BigInteger)Int128.MaxValue ? Operand.Of(Int128.MaxValue)
            : quotient < (BigInteger)Int128.MinValue ? Operand.Of(Int128.MinValue)
            : new Operand((Int128)quotient, rest.IsZero ? 0 : 1, []);
    }

    /// <summary>A constant to compare with.</summary>
    /// <param name="Floor">The greatest whole number that is not greater.</param>
    /// <param name="Rest">1 when the constant is greater than that, else 0.</param>
    /// <param name="Text">The text, UTF-8.</param>
    public readonly record struct Operand(Int128 Floor, int Rest, byte[] Text)
    {
        /// <summary>A whole number.</summary>
        public static Operand Of(Int128 number) => new(number, 0, []);
    }
}
