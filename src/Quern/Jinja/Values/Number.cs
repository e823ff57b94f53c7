using System.Globalization;
using System.Numerics;

namespace Quern.Jinja.Values;

/// <summary>
/// Arithmetic as in Python: whole numbers without bounds, <c>/</c> always real, <c>//</c> toward minus infinity,
/// <c>%</c> with the divisor's sign. Operands must be numbers (<see cref="Value.IsNumber"/>).
/// </summary>
static class Number
{
    /// <summary>
    /// Bits a whole number may have; keeps powers from eating the machine. Python stops printing at 4,300 digits.
    /// </summary>
    public const long MaxBits = 16_384;

    const int MaxDigits = 4_300;

    public static object Add(object left, object right)
    {
        if (left is long a && right is long b && !Overflows(a, b, out var sum)) return Value.Box(sum);
        return Rank(left, right) switch
        {
            Kind.Real => Real(left) + Real(right),
            Kind.Exact => Exact(left) + Exact(right),
            _ => Big(Whole(left) + Whole(right)),
        };
    }

    public static object Subtract(object left, object right) => Rank(left, right) switch
    {
        Kind.Real => Real(left) - Real(right),
        Kind.Exact => Exact(left) - Exact(right),
        _ => Big(Whole(left) - Whole(right)),
    };

    public static object Multiply(object left, object right)
    {
        if (left is long a && right is long b && Math.BigMul(a, b, out var low) == low >> 63) return Value.Box(low);
        return Rank(left, right) switch
        {
            Kind.Real => Real(left) * Real(right),
            Kind.Exact => Exact(left) * Exact(right),
            _ => Big(Whole(left) * Whole(right)),
        };
    }

    public static object Divide(object left, object right)
    {
        RequireDivisor(right);
        return Rank(left, right) switch
        {
            Kind.Exact => Exact(left) / Exact(right),
            Kind.Whole => Ratio(Whole(left), Whole(right)),
            _ => Real(left) / Real(right),
        };
    }

    public static object FloorDivide(object left, object right)
    {
        RequireDivisor(right);
        return Rank(left, right) switch
        {
            Kind.Real => FloorDivide(Real(left), Real(right)),
            Kind.Exact => decimal.Truncate(Exact(left) / Exact(right)),
            _ => Value.Box(Floor(Whole(left), Whole(right))),
        };
    }

    public static object Modulo(object left, object right)
    {
        RequireDivisor(right);
        switch (Rank(left, right))
        {
            case Kind.Real:
                var divisor = Real(right);
                var rest = Real(left) % divisor;
                if (rest == 0) return Math.CopySign(0.0, divisor);
                return rest < 0 != divisor < 0 ? rest + divisor : rest;
            case Kind.Exact:
                return Exact(left) % Exact(right);
            default:
                var (a, b) = (Whole(left), Whole(right));
                return Value.Box(a - b * Floor(a, b));
        }
    }

    public static object Power(object left, object right)
    {
        if (Rank(left, right) == Kind.Whole)
        {
            var (number, exponent) = (Whole(left), Whole(right));
            if (exponent.Sign >= 0) return Big(WholePower(number, exponent));
        }

        if (Real(left) == 0 && Real(right) < 0)
            throw TemplateFailure.Value("0 cannot be raised to a negative power");
        var result = Math.Pow(Real(left), Real(right));
        if (double.IsNaN(result) && !double.IsNaN(Real(left)) && !double.IsNaN(Real(right)))
            throw TemplateFailure.Value("a negative number cannot be raised to a fractional power");
        if (double.IsInfinity(result) && !double.IsInfinity(Real(left)) && !double.IsInfinity(Real(right)))
            throw TemplateFailure.Value("the result is too large for a real number");
        return result;
    }

    public static object Negate(object value) => Lift(value) switch
    {
        double real => -real,
        decimal exact => -exact,
        var whole => Big(-Whole(whole)),
    };

    public static object Absolute(object value) => Lift(value) switch
    {
        double real => Math.Abs(real),
        decimal exact => Math.Abs(exact),
        var whole => Big(BigInteger.Abs(Whole(whole))),
    };

    /// <summary>Order of two numbers; null when one is not a number (NaN).</summary>
    public static int? Compare(object left, object right)
    {
        if (left is long a && right is long b) return a.CompareTo(b);
        switch (Rank(left, right))
        {
            case Kind.Real:
                if (Lift(left) is double x && Lift(right) is double y)
                    return x < y ? -1 : x > y ? 1 : x == y ? 0 : null;
                return CompareMixed(left, right);
            case Kind.Exact:
                return Exact(left).CompareTo(Exact(right));
            default:
                return Whole(left).CompareTo(Whole(right));
        }
    }

    /// <summary>The nearest real number.</summary>
    public static double Real(object value) => value switch
    {
        double real => real,
        long whole => whole,
        bool flag => flag ? 1 : 0,
        decimal exact => (double)exact,
        BigInteger big => Ratio(big, BigInteger.One),
        _ => throw new InvalidOperationException("not a number"),
    };

    /// <summary>A whole number of any of the whole types.</summary>
    public static BigInteger Whole(object value) => value switch
    {
        long whole => whole,
        bool flag => flag ? 1 : 0,
        BigInteger big => big,
        _ => throw new InvalidOperationException("not a whole number"),
    };

    /// <summary>A real number cut to its whole part.</summary>
    public static object Truncate(double real)
    {
        if (!double.IsFinite(real)) throw TemplateFailure.Value("an infinite or undefined number has no whole part");
        return Value.Box(new BigInteger(Math.Truncate(real)));
    }

    /// <summary>
    /// A whole number as Python's <c>int(text)</c> reads it: blanks around, a sign, <c>_</c> between digits.
    /// </summary>
    public static bool TryReadWhole(string text, out object? value)
    {
        value = null;
        var digits = Plain(text);
        if (digits is null || digits.Length == 0) return false;
        var first = digits[0] is '+' or '-' ? 1 : 0;
        if (first == digits.Length) return false;
        for (var i = first; i < digits.Length; i++)
            if (!char.IsAsciiDigit(digits[i])) return false;
        if (digits.Length > MaxDigits)
            throw TemplateFailure.Budget(FormattableString.Invariant($"a number of {digits.Length:N0} digits is too large"));
        value = Value.Box(BigInteger.Parse(digits, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture));
        return true;
    }

    /// <summary>A real number as Python's <c>float(text)</c> reads it, <c>inf</c> and <c>nan</c> included.</summary>
    public static bool TryReadReal(string text, out double value)
    {
        value = 0;
        var plain = Plain(text);
        if (string.IsNullOrEmpty(plain)) return false;
        var word = plain.AsSpan();
        var sign = 1;
        if (word[0] is '+' or '-')
        {
            sign = word[0] == '-' ? -1 : 1;
            word = word[1..];
        }

        if (word.Equals("inf", StringComparison.OrdinalIgnoreCase) ||
            word.Equals("infinity", StringComparison.OrdinalIgnoreCase))
        {
            value = sign * double.PositiveInfinity;
            return true;
        }

        if (word.Equals("nan", StringComparison.OrdinalIgnoreCase))
        {
            value = double.NaN;
            return true;
        }

        if (word.IsEmpty || !(char.IsAsciiDigit(word[0]) || word[0] == '.')) return false;
        const NumberStyles style = NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent;
        if (!double.TryParse(word, style, CultureInfo.InvariantCulture, out value)) return false;
        value *= sign;
        return true;
    }

    /// <summary>Trims and removes single underscores between digits; null when one stands elsewhere.</summary>
    static string? Plain(string text)
    {
        text = text.Trim();
        if (!text.Contains('_')) return text;
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] != '_') continue;
            if (i == 0 || i == text.Length - 1) return null;
            if (!char.IsAsciiDigit(text[i - 1]) || !char.IsAsciiDigit(text[i + 1])) return null;
        }

        return text.Replace("_", "", StringComparison.Ordinal);
    }

    static BigInteger WholePower(BigInteger number, BigInteger exponent)
    {
        if (number.IsZero || number.IsOne || number == BigInteger.MinusOne)
            return exponent.IsZero ? BigInteger.One : exponent.IsEven ? number * number : number;
        if (exponent * number.GetBitLength() > MaxBits)
            throw TemplateFailure.Budget(FormattableString.Invariant($"the power has more than {MaxBits:N0} bits"));
        return BigInteger.Pow(number, (int)exponent);
    }

    static object Big(BigInteger value)
    {
        if (value.GetBitLength() > MaxBits)
            throw TemplateFailure.Budget(FormattableString.Invariant($"the whole number has more than {MaxBits:N0} bits"));
        return Value.Box(value);
    }

    static BigInteger Floor(BigInteger left, BigInteger right)
    {
        var quotient = BigInteger.DivRem(left, right, out var rest);
        return !rest.IsZero && rest.Sign != right.Sign ? quotient - 1 : quotient;
    }

    static double FloorDivide(double left, double right)
    {
        var rest = left % right;
        var quotient = (left - rest) / right;
        if (rest != 0 && right < 0 != rest < 0) quotient -= 1;
        if (quotient == 0) return Math.CopySign(0.0, left / right);
        var floor = Math.Floor(quotient);
        return quotient - floor > 0.5 ? floor + 1 : floor;
    }

    static double Ratio(BigInteger left, BigInteger right)
    {
        if (left.GetBitLength() <= 53 && right.GetBitLength() <= 53) return (double)left / (double)right;
        // The quotient's first 64 bits, the last of them standing for all that follow, round as the whole would.
        var shift = (int)(64 - BigInteger.Abs(left).GetBitLength() + BigInteger.Abs(right).GetBitLength());
        var (number, divisor) = (BigInteger.Abs(left), BigInteger.Abs(right));
        if (shift >= 0) number <<= shift;
        else divisor <<= -shift;
        var quotient = BigInteger.DivRem(number, divisor, out var rest);
        if (quotient.GetBitLength() > 64)
        {
            if (!quotient.IsEven) rest = BigInteger.One;
            quotient >>= 1;
            shift--;
        }

        var bits = (ulong)quotient | (rest.IsZero ? 0UL : 1UL);
        var result = Math.ScaleB((double)bits, -shift);
        if (double.IsInfinity(result)) throw TemplateFailure.Value("the result is too large for a real number");
        return left.Sign * right.Sign < 0 ? -result : result;
    }

    static int? CompareMixed(object left, object right)
    {
        var flipped = Lift(left) is not double;
        var real = (double)Lift(flipped ? right : left);
        var exact = flipped ? left : right;
        if (double.IsNaN(real)) return null;
        var order = double.IsInfinity(real) ? Math.Sign(real)
            : exact is decimal money ? real.CompareTo((double)money)
            : CompareWithWhole(real, Whole(exact));
        return flipped ? -order : order;
    }

    static int CompareWithWhole(double real, BigInteger whole)
    {
        var order = new BigInteger(Math.Truncate(real)).CompareTo(whole);
        return order != 0 ? order : (real - Math.Truncate(real)).CompareTo(0.0);
    }

    static void RequireDivisor(object right)
    {
        if (!Value.IsTrue(right)) throw TemplateFailure.Value("division by zero");
    }

    static bool Overflows(long a, long b, out long sum)
    {
        sum = unchecked(a + b);
        return ((a ^ sum) & (b ^ sum)) < 0;
    }

    static object Lift(object value) => value is bool flag ? Value.Box(flag ? 1L : 0L) : value;

    static decimal Exact(object value) => value is decimal exact ? exact : (decimal)Whole(value);

    static Kind Rank(object left, object right)
    {
        if (left is double || right is double) return Kind.Real;
        return left is decimal || right is decimal ? Kind.Exact : Kind.Whole;
    }

    enum Kind
    {
        Whole,
        Exact,
        Real,
    }
}
