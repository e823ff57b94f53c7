using System.Globalization;
using System.Numerics;
using System.Text;

namespace Quern.Jinja.Values;

/// <summary>
/// How a value is laid out: <c>[[fill]align][sign][#][0][width][grouping][.precision][type]</c>, Python's format
/// language, to which the flags of <c>%</c> formats are translated too.
/// </summary>
readonly record struct FormatSpec
{
    const int MaxWidth = 1 << 20;

    public char Fill { get; init; }

    /// <summary><c>&lt; &gt; ^ =</c>, or 0 when not given.</summary>
    public char Align { get; init; }

    /// <summary><c>+</c>, <c>-</c> or a space; 0 when not given.</summary>
    public char Sign { get; init; }

    public bool Alternate { get; init; }

    public int Width { get; init; }

    /// <summary><c>,</c> or <c>_</c> between groups of digits; 0 when not given.</summary>
    public char Grouping { get; init; }

    /// <summary>Digits or characters; -1 when not given.</summary>
    public int Precision { get; init; }

    /// <summary>The kind of output; 0 when not given.</summary>
    public char Type { get; init; }

    public static FormatSpec Parse(string text)
    {
        var at = 0;
        var (fill, align) = (' ', '\0');
        if (text.Length > 1 && IsAlign(text[1])) (fill, align, at) = (text[0], text[1], 2);
        else if (text.Length > 0 && IsAlign(text[0])) (align, at) = (text[0], 1);
        var sign = Take(text, ref at, "+- ");
        Take(text, ref at, "z");
        var alternate = Take(text, ref at, "#") != 0;
        if (at < text.Length && text[at] == '0')
        {
            at++;
            if (align == 0) (fill, align) = ('0', '=');
        }

        var width = TakeNumber(text, ref at) ?? 0;
        var grouping = Take(text, ref at, ",_");
        var precision = -1;
        if (Take(text, ref at, ".") != 0) precision = TakeNumber(text, ref at) ?? throw NoDigits(text);
        var type = at < text.Length ? text[at++] : '\0';
        if (at < text.Length) throw TemplateFailure.Value($"'{text}' is not a format");
        return new FormatSpec
        {
            Fill = fill,
            Align = align,
            Sign = sign,
            Alternate = alternate,
            Width = width,
            Grouping = grouping,
            Precision = precision,
            Type = type,
        };
    }

    public string Apply(object? value)
    {
        switch (value)
        {
            case Undefined undefined:
                throw undefined.Failure();
            case not (string or long or bool or BigInteger or double or decimal):
                if (Type is not ('\0' or 's')) throw Unknown(value);
                return Padded("", PythonText.Of(value), '<');
            case string text:
                if (Type is not ('\0' or 's')) throw Unknown(value);
                var shown = Precision >= 0 && Precision < text.Length ? text[..Precision] : text;
                return (Align == '=' ? this with { Align = '<' } : this).Padded("", shown, '<');
            case double or decimal:
                return Number(Real(value), value is double real && !double.IsFinite(real));
            default:
                return Whole(value);
        }
    }

    string Whole(object value)
    {
        var number = Values.Number.Whole(value);
        switch (Type)
        {
            case '\0' or 'd' or 'n':
                return Number(number.ToString(CultureInfo.InvariantCulture), false);
            case 'x' or 'X' or 'o' or 'b':
                var digits = Digits(BigInteger.Abs(number), Type switch { 'o' => 3, 'b' => 1, _ => 4 });
                var prefix = Alternate ? "0" + Type : "";
                if (Type == 'X') digits = digits.ToUpperInvariant();
                return Number((number.Sign < 0 ? "-" : "") + digits, false, prefix, 4);
            case 'c':
                if (number < 0 || number > 0x10ffff || !Rune.TryCreate((int)number, out var rune))
                    throw TemplateFailure.Value(FormattableString.Invariant($"{number} is not a character"));
                return Padded("", rune.ToString(), '<');
            case 'e' or 'E' or 'f' or 'F' or 'g' or 'G' or '%':
                return Number(Real(value), false);
            default:
                throw Unknown(value);
        }
    }

    string Real(object value)
    {
        var number = Values.Number.Real(value);
        var digits = Precision < 0 ? 6 : Math.Min(Precision, RealText.MaxDigits);
        return Type switch
        {
            '\0' when value is decimal exact && Precision < 0 => exact.ToString(CultureInfo.InvariantCulture),
            '\0' when Precision < 0 => PythonText.Real(number),
            '\0' => WithPoint(RealText.General(number, digits, Alternate, pointed: true)),
            'e' => RealText.Exponential(number, digits),
            'E' => RealText.Exponential(number, digits).ToUpperInvariant(),
            'f' => RealText.Fixed(number, digits),
            'F' => RealText.Fixed(number, digits).ToUpperInvariant(),
            'g' or 'n' => RealText.General(number, digits, Alternate),
            'G' => RealText.General(number, digits, Alternate).ToUpperInvariant(),
            '%' => RealText.Fixed(number * 100, digits) + "%",
            _ => throw Unknown(value),
        };
    }

    static string WithPoint(string text) => text.AsSpan().ContainsAny(".ein") ? text : text + ".0";

    /// <summary>Puts sign, prefix, groups and padding around digits.</summary>
    string Number(string text, bool isSpecial, string prefix = "", int group = 3)
    {
        var negative = text[0] == '-';
        var digits = negative ? text[1..] : text;
        var sign = negative ? "-" : Sign is '+' or ' ' ? Sign.ToString() : "";
        if (Grouping != 0 && !isSpecial)
        {
            var zeros = Fill == '0' && Align == '=' ? Width - sign.Length - prefix.Length : 0;
            digits = Grouped(digits, group, zeros);
        }

        return Padded(sign + prefix, digits, '>');
    }

    string Grouped(string text, int group, int width)
    {
        var end = 0;
        while (end < text.Length && IsDigit(text[end])) end++;
        var digits = text[..end];
        var rest = text[end..];
        Meter.ChargeText(Math.Clamp(width, 0, MaxWidth) + text.Length);
        var reversed = new StringBuilder();
        for (var i = 0; i < digits.Length || reversed.Length + rest.Length < Math.Min(width, MaxWidth); i++)
        {
            if (i > 0 && i % group == 0) reversed.Append(Grouping);
            reversed.Append(i < digits.Length ? digits[^(i + 1)] : '0');
        }

        return Reversed(reversed) + rest;

        bool IsDigit(char c) => group == 4 ? char.IsAsciiHexDigit(c) : char.IsAsciiDigit(c);
    }

    string Padded(string sign, string body, char align)
    {
        var missing = Width - sign.Length - Letters.Count(body);
        if (missing <= 0) return sign + body;
        if (Width > MaxWidth)
            throw TemplateFailure.Budget(FormattableString.Invariant($"a width of {Width:N0} is larger than {MaxWidth:N0}"));
        Meter.ChargeText(Width);
        var fill = Fill == 0 ? ' ' : Fill;
        return (Align == 0 ? align : Align) switch
        {
            '<' => sign + body + new string(fill, missing),
            '^' => new string(fill, missing / 2) + sign + body + new string(fill, missing - missing / 2),
            '=' => sign + new string(fill, missing) + body,
            _ => new string(fill, missing) + sign + body,
        };
    }

    TemplateFailure Unknown(object? value) =>
        TemplateFailure.Value($"the format '{Type}' does not apply to a {Value.TypeName(value)}");

    static string Digits(BigInteger number, int bits)
    {
        if (number.IsZero) return "0";
        var reversed = new StringBuilder();
        for (; !number.IsZero; number >>= bits) reversed.Append("0123456789abcdef"[(int)(number & ((1 << bits) - 1))]);
        return Reversed(reversed);
    }

    static string Reversed(StringBuilder text)
    {
        var letters = text.ToString().ToCharArray();
        Array.Reverse(letters);
        return new string(letters);
    }

    static TemplateFailure NoDigits(string text) =>
        TemplateFailure.Value($"the format '{text}' has no digits after its point");

    static bool IsAlign(char c) => c is '<' or '>' or '^' or '=';

    static char Take(string text, ref int at, string any) =>
        at < text.Length && any.Contains(text[at]) ? text[at++] : '\0';

    static int? TakeNumber(string text, ref int at)
    {
        var start = at;
        var number = 0L;
        for (; at < text.Length && char.IsAsciiDigit(text[at]); at++)
            number = Math.Min(number * 10 + text[at] - '0', int.MaxValue);
        return at == start ? null : (int)number;
    }
}
