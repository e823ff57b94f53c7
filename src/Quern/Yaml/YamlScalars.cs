using System.Globalization;
using System.Numerics;
using System.Text.RegularExpressions;
using Quern.Jinja.Values;

namespace Quern.Yaml;

/// <summary>What a plain scalar stands for: the types of YAML 1.1 with the spellings that PyYAML takes (dbt reads its files with it).
/// <c>yes</c> and <c>off</c> are booleans, <c>017</c> is 15, <c>1_000</c> a thousand, <c>1:30</c> ninety; <c>1e3</c> and <c>0o17</c> are
/// text.</summary>
static partial class YamlScalars
{
    /// <summary>Digits a whole number may have, as Python reads them; a longer one stays text.</summary>
    const int MaxDigits = 4_300;

    static readonly object True = true;
    static readonly object False = false;

    /// <summary>The value of a plain scalar.</summary>
    public static object? Plain(string text)
    {
        if (text.Length == 0) return null;
        return text[0] switch
        {
            '~' => text.Length == 1 ? null : text,
            'n' or 'N' or 'y' or 'Y' or 't' or 'T' or 'f' or 'F' or 'o' or 'O' => text.Length > 5 ? text : Word(text),
            '+' or '-' or '.' or (>= '0' and <= '9') => Number(text),
            _ => text,
        };
    }

    static object? Word(string text) => text switch
    {
        "null" or "Null" or "NULL" => null,
        "yes" or "Yes" or "YES" or "true" or "True" or "TRUE" or "on" or "On" or "ON" => True,
        "no" or "No" or "NO" or "false" or "False" or "FALSE" or "off" or "Off" or "OFF" => False,
        _ => text,
    };

    static object? Number(string text)
    {
        if (Simple(text) is { } simple) return simple;
        if (Whole().IsMatch(text)) return OfWhole(text) ?? text;
        if (Real().IsMatch(text)) return OfReal(text);
        return text.Length >= 8 && char.IsAsciiDigit(text[0]) ? Moment(text) ?? text : text;
    }

    // Digits, perhaps with a point among them: nearly all numbers of a project. Read without a regular expression, whose engine takes
    // longer to get ready than a small project to be read.
    static object? Simple(string text)
    {
        var point = -1;
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == '.' && point < 0 && i > 0 && i < text.Length - 1) point = i;
            else if (!char.IsAsciiDigit(text[i])) return null;
        }
        if (point > 0) return OfReal(text);
        // More digits may be too many for 64 bits, and a leading zero means octal.
        return text.Length > 18 || text[0] == '0' && text.Length > 1 ? null : long.Parse(text, CultureInfo.InvariantCulture);
    }

    static object? OfWhole(string text)
    {
        var digits = text.Replace("_", "", StringComparison.Ordinal);
        var negative = digits[0] == '-';
        if (digits[0] is '-' or '+') digits = digits[1..];
        if (digits.Length is 0 or > MaxDigits) return null;
        var value = digits switch
        {
            "0" => (BigInteger?)BigInteger.Zero,
            ['0', 'b', .. var bits] => InBase(bits, 2),
            ['0', 'x', .. var hex] => InBase(hex, 16),
            ['0', .. var octal] => InBase(octal, 8),
            _ when digits.Contains(':', StringComparison.Ordinal) => digits.Split(':').Aggregate(
                BigInteger.Zero, (sum, part) => sum * 60 + BigInteger.Parse(part, CultureInfo.InvariantCulture)),
            _ => BigInteger.Parse(digits, CultureInfo.InvariantCulture),
        };
        return value is { } found ? Value.Box(negative ? -found : found) : null;
    }

    static BigInteger? InBase(string digits, int radix) => digits.Length == 0 ? null : digits.Aggregate(
        BigInteger.Zero, (sum, digit) => sum * radix + Convert.ToInt32(digit.ToString(), 16));

    static double OfReal(string text)
    {
        var digits = text.Replace("_", "", StringComparison.Ordinal).ToLowerInvariant();
        var sign = digits[0] == '-' ? -1.0 : 1.0;
        if (digits[0] is '-' or '+') digits = digits[1..];
        return digits switch
        {
            ".inf" => sign * double.PositiveInfinity,
            ".nan" => double.NaN,
            _ when digits.Contains(':', StringComparison.Ordinal) => sign * digits.Split(':').Aggregate(
                0.0, (sum, part) => sum * 60 + double.Parse(part, CultureInfo.InvariantCulture)),
            _ => sign * double.Parse(digits, CultureInfo.InvariantCulture),
        };
    }

    static object? Moment(string text)
    {
        if (Day().IsMatch(text))
            return DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null;
        if (Time().Match(text) is not { Success: true } match) return null;
        int Part(string name) => int.Parse(match.Groups[name].ValueSpan, CultureInfo.InvariantCulture);
        try
        {
            var fraction = match.Groups["fraction"].Value;
            var micros = fraction.Length == 0 ? 0 : int.Parse(fraction.PadRight(6, '0').AsSpan(0, 6), CultureInfo.InvariantCulture);
            var moment = new DateTime(Part("year"), Part("month"), Part("day"), Part("hour"), Part("minute"), Part("second"))
                .AddMicroseconds(micros);
            if (match.Groups["zone"].Value == "Z") return new DateTimeOffset(moment, TimeSpan.Zero);
            if (!match.Groups["sign"].Success) return moment;
            var minutes = Part("zonehour") * 60 + (match.Groups["zoneminute"].Success ? Part("zoneminute") : 0);
            return new DateTimeOffset(moment, TimeSpan.FromMinutes(match.Groups["sign"].Value == "-" ? -minutes : minutes));
        }
        catch (ArgumentException)
        {
            return null;
        }
    }

    [GeneratedRegex(@"^(?:[-+]?0b[0-1_]+|[-+]?0[0-7_]+|[-+]?(?:0|[1-9][0-9_]*)|[-+]?0x[0-9a-fA-F_]+|[-+]?[1-9][0-9_]*(?::[0-5]?[0-9])+)\z")]
    private static partial Regex Whole();

    [GeneratedRegex(
        @"^(?:[-+]?(?:[0-9][0-9_]*)\.[0-9_]*(?:[eE][-+][0-9]+)?|\.[0-9][0-9_]*(?:[eE][-+][0-9]+)?"
        + @"|[-+]?[0-9][0-9_]*(?::[0-5]?[0-9])+\.[0-9_]*|[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN))\z")]
    private static partial Regex Real();

    [GeneratedRegex(@"^[0-9]{4}-[0-9]{2}-[0-9]{2}\z")]
    private static partial Regex Day();

    [GeneratedRegex(
        @"^(?<year>[0-9]{4})-(?<month>[0-9][0-9]?)-(?<day>[0-9][0-9]?)(?:[Tt]|[ \t]+)"
        + @"(?<hour>[0-9][0-9]?):(?<minute>[0-9]{2}):(?<second>[0-9]{2})(?:\.(?<fraction>[0-9]*))?"
        + @"(?:[ \t]*(?<zone>Z|(?<sign>[-+])(?<zonehour>[0-9][0-9]?)(?::(?<zoneminute>[0-9]{2}))?))?\z")]
    private static partial Regex Time();
}
