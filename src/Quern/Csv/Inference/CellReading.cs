using System.Buffers;
using System.Globalization;

namespace Quern.Csv.Inference;

/// <summary>What the text of a cell is, with what its column needs to know of it.</summary>
ref struct CellReading
{
    /// <summary>Digits that always fit 64 bits.</summary>
    const int SafeDigits = 18;

    /// <summary>Digits of the shortest text of a double, at most.</summary>
    const int MostDoubleDigits = 17;

    /// <summary>Digits of the longest whole number that decimals of 128 bits hold, as Parquet and Arrow have them.</summary>
    const int HugeDigits = 38;

    static readonly SearchValues<byte> GroupBytes = SearchValues.Create("0123456789,."u8);

    static readonly double[] PowersOfTen = [.. Enumerable.Range(0, 309).Select(n => double.Parse($"1e{n}", CultureInfo.InvariantCulture))];

    /// <summary>The narrowest thing that it can be.</summary>
    public CellShape Shape;

    /// <summary>For numbers, the value as far as a double holds it.</summary>
    public double Number;

    /// <summary>For numbers with a point, digits before it without leading zeros.</summary>
    public int Whole;

    /// <summary>For numbers with a point, digits behind it.</summary>
    public int Scale;

    /// <summary>The number is none that a double of 17 digits stands for.</summary>
    public bool IsLong;

    /// <summary>For other spellings of days, those that it fits.</summary>
    public ulong Forms;

    /// <summary>For words that stand for NULL, which one.</summary>
    public int Word;

    /// <summary>Looks at a text.</summary>
    public static CellReading Of(ReadOnlySpan<byte> text)
    {
        if (text.IsEmpty) return new CellReading { Shape = CellShape.Empty };
        if (text[0] == ' ' || text[^1] == ' ')
        {
            // Blanks around a value do not matter to those who read it; a text keeps them.
            var bare = Of(text.Trim((byte)' '));
            return bare.Shape >= CellShape.Form || bare.Shape == CellShape.Empty ? new CellReading { Shape = CellShape.Text } : bare;
        }
        var first = text[0];
        if (first is >= (byte)'0' and <= (byte)'9' or (byte)'-' or (byte)'.' or (byte)'+') return OfDigits(text);
        return OfLetters(text, (byte)(first | 0x20));
    }

    static CellReading OfDigits(ReadOnlySpan<byte> text)
    {
        var reading = default(CellReading);
        if (reading.TryNumber(text)) return reading;
        if (text[0] is >= (byte)'0' and <= (byte)'9')
        {
            if (MomentText.OfDay(text) is { } moment) return new CellReading { Shape = moment };
            if (MomentText.IsTime(text)) return new CellReading { Shape = CellShape.Time };
            if (DateForms.Of(text) is not 0 and var forms) return new CellReading { Shape = CellShape.Form, Forms = forms };
            if (IsUuid(text)) return new CellReading { Shape = CellShape.Uuid };
        }
        return OfWords(text);
    }

    static CellReading OfLetters(ReadOnlySpan<byte> text, byte first)
    {
        switch (first)
        {
            case (byte)'t' when Is(text, "true"u8):
            case (byte)'f' when Is(text, "false"u8):
                return new CellReading { Shape = CellShape.Boolean };
            case (byte)'n' when Is(text, "nan"u8):
            case (byte)'i' when Is(text, "inf"u8) || Is(text, "infinity"u8):
                return new CellReading { Shape = CellShape.Special };
            case >= (byte)'a' and <= (byte)'f' when IsUuid(text):
                return new CellReading { Shape = CellShape.Uuid };
            // { and [ both have this bit, or get it.
            case (byte)'{' when (text[0] == '{' && text[^1] == '}') || (text[0] == '[' && text[^1] == ']'):
                return new CellReading { Shape = CellShape.Json };
            default:
                return OfWords(text);
        }
    }

    static CellReading OfWords(ReadOnlySpan<byte> text)
    {
        if (NullWords.Find(text) is >= 0 and var word) return new CellReading { Shape = CellShape.NullWord, Word = word };
        if (text[0] == '-' && text.Length > 3 && (Is(text[1..], "inf"u8) || Is(text[1..], "infinity"u8)))
            return new CellReading { Shape = CellShape.Special };
        return new CellReading { Shape = CellShape.Text };
    }

    /// <summary>Digits, perhaps with a sign, a point or comma, and an exponent.</summary>
    bool TryNumber(ReadOnlySpan<byte> text)
    {
        var isNegative = text[0] == '-';
        var isPlus = text[0] == '+';
        var at = isNegative || isPlus ? 1 : 0;
        var start = at;
        var digits = 0UL;
        var significant = 0;
        at = Run(text, at, ref digits, ref significant);
        var whole = at - start;
        if (at == text.Length && whole > 0)
        {
            OfWhole(text, start, whole, isNegative, digits);
            if (isPlus) Shape = CellShape.PlusLed;
            return true;
        }
        if (at == text.Length) return false;
        if (text[at] == ',' && whole > 0) return Grouped(text[at..]);
        var scale = 0;
        if (text[at] == '.')
        {
            start = ++at;
            at = Run(text, at, ref digits, ref significant);
            scale = at - start;
        }
        if (whole + scale == 0) return false;
        var exponent = 0;
        Shape = CellShape.Point;
        if (at < text.Length)
        {
            if (!TryExponent(text[at..], out exponent)) return false;
            Shape = CellShape.Exponent;
        }
        Scale = scale;
        var zeros = text[isNegative || isPlus ? 1 : 0] == '0';
        Whole = whole - (zeros ? 1 : 0);
        IsLong = significant > MostDoubleDigits && significant - Zeros(text) > MostDoubleDigits;
        if (isPlus) Shape = CellShape.PlusLed;
        else if (zeros && whole > 1) Shape = CellShape.ZeroLed;
        Number = Scaled(text, digits, significant, exponent - scale, isNegative);
        return true;
    }

    void OfWhole(ReadOnlySpan<byte> text, int start, int count, bool isNegative, ulong digits)
    {
        if (text[start] == '0' && count > 1)
        {
            Shape = CellShape.ZeroLed;
            return;
        }
        Whole = count;
        if (count <= SafeDigits)
        {
            Number = isNegative ? -(double)digits : digits;
            Shape = digits <= (isNegative ? 1UL << 31 : int.MaxValue) ? CellShape.Whole32 : CellShape.Whole64;
            IsLong = digits > 1UL << 53;
            return;
        }
        IsLong = true;
        Shape = CellShape.Huge;
        Number = double.Parse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
        if (count > HugeDigits || !Int128.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value)) return;
        if (value >= long.MinValue && value <= long.MaxValue) Shape = CellShape.Whole64;
        else if (value >= 0 && value <= ulong.MaxValue) Shape = CellShape.WholeU64;
        else Shape = CellShape.Whole128;
    }

    /// <summary>Reads digits; what does not fit 64 bits is lost.</summary>
    static int Run(ReadOnlySpan<byte> text, int at, ref ulong digits, ref int significant)
    {
        for (; at < text.Length; at++)
        {
            var digit = (uint)(text[at] - '0');
            if (digit > 9) break;
            digits = (digits * 10) + digit;
            if (digits != 0) significant++;
        }
        return at;
    }

    static int Zeros(ReadOnlySpan<byte> text) => text.Length - text.TrimEnd((byte)'0').Length;

    static double Scaled(ReadOnlySpan<byte> text, ulong digits, int significant, int exponent, bool isNegative)
    {
        if (significant > 19 || exponent is < -300 or > 300)
            return double.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture);
        var value = exponent < 0 ? digits / PowersOfTen[-exponent] : digits * PowersOfTen[exponent];
        return isNegative ? -value : value;
    }

    static bool TryExponent(ReadOnlySpan<byte> text, out int exponent)
    {
        exponent = 0;
        if ((text[0] | 0x20) != 'e' || text.Length < 2) return false;
        var isNegative = text[1] == '-';
        text = text[(text[1] is (byte)'-' or (byte)'+' ? 2 : 1)..];
        if (text.Length is 0 or > 4 || !MomentText.Number(text, out exponent)) return false;
        if (isNegative) exponent = -exponent;
        return true;
    }

    /// <summary>A comma and digits, as often as there are: a decimal comma, or thousands.</summary>
    bool Grouped(ReadOnlySpan<byte> rest)
    {
        Shape = CellShape.Comma;
        return rest.Length > 1 && rest[1] is >= (byte)'0' and <= (byte)'9' && rest.IndexOfAnyExcept(GroupBytes) < 0;
    }

    static bool IsUuid(ReadOnlySpan<byte> text)
    {
        if (text.Length != 36 || text[8] != '-' || text[13] != '-' || text[18] != '-' || text[23] != '-') return false;
        for (var i = 0; i < text.Length; i++)
            if (!char.IsAsciiHexDigit((char)text[i]) && i is not (8 or 13 or 18 or 23)) return false;
        return true;
    }

    static bool Is(ReadOnlySpan<byte> text, ReadOnlySpan<byte> lower)
    {
        if (text.Length != lower.Length) return false;
        for (var i = 0; i < text.Length; i++)
            if ((text[i] | 0x20) != lower[i]) return false;
        return true;
    }
}
