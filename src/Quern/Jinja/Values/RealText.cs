using System.Globalization;
using System.Numerics;

namespace Quern.Jinja.Values;

/// <summary>
/// Reals with a given number of digits. The exact binary value is scaled as a whole number and rounded half to even, as
/// C and Python do; .NET's own formats round halves away from zero.
/// </summary>
static class RealText
{
    /// <summary>Digits beyond which every double is exact.</summary>
    public const int MaxDigits = 1_100;

    public static double Round(double value, int digits)
    {
        if (!double.IsFinite(value) || digits > 330) return value;
        if (digits < -330) return Math.CopySign(0.0, value);
        var text = $"{Scaled(value, digits)}E{-digits}";
        var rounded = double.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture);
        if (double.IsInfinity(rounded)) throw TemplateFailure.Value("the rounded number is too large");
        return Math.CopySign(rounded, value);
    }

    /// <summary>As <c>%.2f</c>.</summary>
    public static string Fixed(double value, int digits)
    {
        if (!double.IsFinite(value)) return PythonText.Real(value);
        var number = Scaled(value, digits).ToString(CultureInfo.InvariantCulture).PadLeft(digits + 1, '0');
        var sign = double.IsNegative(value) ? "-" : "";
        return digits == 0 ? sign + number : $"{sign}{number[..^digits]}.{number[^digits..]}";
    }

    /// <summary>As <c>%.2e</c>.</summary>
    public static string Exponential(double value, int digits)
    {
        if (!double.IsFinite(value)) return PythonText.Real(value);
        var (number, exponent) = Significant(value, digits + 1);
        var sign = double.IsNegative(value) ? "-" : "";
        var fraction = digits == 0 ? "" : "." + number[1..];
        return $"{sign}{number[0]}{fraction}e{(exponent < 0 ? '-' : '+')}{Math.Abs(exponent):00}";
    }

    /// <summary>
    /// As <c>%.6g</c>: the shorter of both, without trailing zeros unless kept. Where a point is added afterwards
    /// (<paramref name="pointed"/>) the exponent comes in one digit earlier.
    /// </summary>
    public static string General(double value, int digits, bool keepZeros, bool pointed = false)
    {
        if (!double.IsFinite(value)) return PythonText.Real(value);
        digits = Math.Max(1, digits);
        var (_, exponent) = Significant(value, digits);
        if (exponent >= -4 && exponent < digits - (pointed ? 1 : 0))
        {
            var plain = Fixed(value, digits - 1 - exponent);
            return keepZeros || !plain.Contains('.') ? plain : plain.TrimEnd('0').TrimEnd('.');
        }

        var text = Exponential(value, digits - 1);
        if (keepZeros) return text;
        var mark = text.IndexOf('e');
        var front = text[..mark];
        return (front.Contains('.') ? front.TrimEnd('0').TrimEnd('.') : front) + text[mark..];
    }

    /// <summary>The digits of a number rounded to so many, and the exponent of the first.</summary>
    static (string Digits, int Exponent) Significant(double value, int count)
    {
        if (value == 0) return (new string('0', count), 0);
        var exponent = (int)Math.Floor(Math.Log10(Math.Abs(value)));
        while (true)
        {
            var text = Scaled(value, count - 1 - exponent).ToString(CultureInfo.InvariantCulture);
            if (text.Length == count) return (text, exponent);
            exponent += text.Length > count ? 1 : -1;
        }
    }

    /// <summary>The absolute value times a power of ten, rounded half to even.</summary>
    static BigInteger Scaled(double value, int digits)
    {
        var bits = BitConverter.DoubleToInt64Bits(value);
        var power = (int)((bits >> 52) & 0x7ff);
        BigInteger number = (bits & 0xfffffffffffffL) | (power == 0 ? 0 : 1L << 52);
        power = Math.Max(1, power) - 1075;
        var divisor = BigInteger.One;
        if (digits >= 0) number *= BigInteger.Pow(10, digits);
        else divisor = BigInteger.Pow(10, -digits);
        if (power >= 0) number <<= power;
        else divisor <<= -power;
        var quotient = BigInteger.DivRem(number, divisor, out var rest);
        var half = (rest << 1).CompareTo(divisor);
        return half > 0 || (half == 0 && !quotient.IsEven) ? quotient + 1 : quotient;
    }
}
