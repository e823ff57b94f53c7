using System.Globalization;
using System.Numerics;
using Quern.Jinja.Values;

namespace Quern.Jinja.Filters;

/// <summary>Filters that make numbers, or text of numbers.</summary>
static class NumberFilters
{
    static readonly string[] Decimal = ["kB", "MB", "GB", "TB", "PB", "EB", "ZB", "YB"];
    static readonly string[] Binary = ["KiB", "MiB", "GiB", "TiB", "PiB", "EiB", "ZiB", "YiB"];

    public static object? Abs(object? value, Arguments arguments)
    {
        arguments.Bind("abs", 0);
        return value is TimeSpan span ? span.Duration() : Number.Absolute(Required("abs", value));
    }

    public static object? Int(object? value, Arguments arguments)
    {
        var bound = arguments.Bind("int", 0, "default", "base");
        var fallback = bound.Or(0, Value.Box(0L));
        switch (value)
        {
            case Undefined undefined:
                throw undefined.Failure();
            case string text:
                var radix = bound.Whole(1, 10);
                if (radix is < 0 or 1 or > 36) throw TemplateFailure.Value("int base must be 0 or from 2 to 36");
                if (radix == 10 ? Number.TryReadWhole(text, out var whole) : TryReadWhole(text, (int)radix, out whole))
                    return whole;
                var isReal = Number.TryReadReal(text, out var real) && double.IsFinite(real);
                return isReal ? Number.Truncate(real) : fallback;
            case double number:
                return double.IsFinite(number) ? Number.Truncate(number) : fallback;
            case decimal exact:
                return Value.Box(new BigInteger(exact));
            case bool flag:
                return Value.Box(flag ? 1L : 0L);
            default:
                return value is long or BigInteger ? value : fallback;
        }
    }

    public static object? Float(object? value, Arguments arguments)
    {
        var fallback = arguments.Bind("float", 0, "default").Or(0, 0.0);
        if (value is Undefined undefined) throw undefined.Failure();
        if (value is string text) return Number.TryReadReal(text, out var real) ? real : fallback;
        return Value.IsNumber(value) ? Number.Real(value!) : fallback;
    }

    /// <summary>
    /// Rounds half to even on the exact binary value, as Python does; the result is always a real number.
    /// </summary>
    public static object? Round(object? value, Arguments arguments)
    {
        var bound = arguments.Bind("round", 0, "precision", "method");
        var digits = (int)Math.Clamp(bound.Whole(0, 0), -400, 400);
        var method = bound.Text(1, "common");
        var number = Required("round", value);
        switch (method)
        {
            case "common":
                if (number is decimal exact) return decimal.Round(exact, Math.Clamp(digits, 0, 28));
                if (number is not double) return RoundWhole(number, digits);
                return RealText.Round((double)number, digits);
            case "ceil" or "floor":
                var scale = Math.Pow(10, digits);
                var scaled = Number.Real(number) * scale;
                return (method == "ceil" ? Math.Ceiling(scaled) + 0.0 : Math.Floor(scaled) + 0.0) / scale;
            default:
                throw TemplateFailure.Value("the round method must be 'common', 'ceil' or 'floor'");
        }
    }

    public static object? Sum(object? value, Arguments arguments)
    {
        var bound = arguments.Bind("sum", 0, "attribute", "start");
        var total = bound.Or(1, Value.Box(0L));
        var read = Attributes.Reader(bound[0], arguments);
        foreach (var item in Iteration.Over(value))
        {
            Meter.Step();
            total = Arithmetic.Apply("+", total, read(item));
        }

        return total;
    }

    public static object? FileSize(object? value, Arguments arguments)
    {
        var binary = arguments.Bind("filesizeformat", 0, "binary").Flag(0);
        var size = value is string text && Number.TryReadReal(text, out var real)
            ? real
            : Number.Real(Required("filesizeformat", value));
        var unit = binary ? 1024.0 : 1000.0;
        if (size == 1) return "1 Byte";
        if (size < unit) return string.Create(CultureInfo.InvariantCulture, $"{Math.Truncate(size) + 0.0} Bytes");
        var names = binary ? Binary : Decimal;
        var power = 0;
        while (power < names.Length - 1 && size >= Math.Pow(unit, power + 2)) power++;
        return $"{RealText.Fixed(size / Math.Pow(unit, power + 1), 1)} {names[power]}";
    }

    static object RoundWhole(object number, int digits)
    {
        var whole = Number.Whole(number);
        if (digits >= 0) return Value.Box(whole);
        var unit = BigInteger.Pow(10, -digits);
        var rest = ((whole % unit) + unit) % unit;
        var down = whole - rest;
        var twice = rest * 2;
        var up = twice > unit || (twice == unit && !(down / unit).IsEven);
        return Value.Box(up ? down + unit : down);
    }

    static bool TryReadWhole(string text, int radix, out object? value)
    {
        value = null;
        var digits = text.Trim().Replace("_", "", StringComparison.Ordinal);
        var negative = digits.StartsWith('-');
        if (negative || digits.StartsWith('+')) digits = digits[1..];
        var prefix = digits.Length > 2 && digits[0] == '0'
            ? (digits[1] | ' ') switch { 'x' => 16, 'o' => 8, 'b' => 2, _ => 0 }
            : 0;
        if (prefix > 0 && (radix == 0 || radix == prefix))
        {
            digits = digits[2..];
            radix = prefix;
        }

        if (radix == 0) radix = 10;
        if (digits.Length is 0 or > 4_300) return false;
        var total = BigInteger.Zero;
        foreach (var c in digits)
        {
            var digit = char.IsAsciiDigit(c) ? c - '0' : char.IsAsciiLetter(c) ? (c | ' ') - 'a' + 10 : 99;
            if (digit >= radix) return false;
            total = total * radix + digit;
        }

        value = Value.Box(negative ? -total : total);
        return true;
    }

    static object Required(string filter, object? value)
    {
        if (value is Undefined undefined) throw undefined.Failure();
        return Value.IsNumber(value) ? value! : throw TemplateFailure.Type(
            $"{filter} needs a number, not {Value.TypeName(value)}", "convert it first: | float or | int");
    }
}
