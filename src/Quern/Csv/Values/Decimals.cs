namespace Quern.Csv.Values;

/// <summary>Reads fixed-point numbers of any text that stands for one: blanks around it, a sign, an underscore between two
/// digits, an exponent.</summary>
static class Decimals
{
    // Of larger ones only the sign matters.
    const int MostExponent = 100_000;

    static readonly UInt128[] Powers = Make();

    /// <summary>Powers of ten up to 10^18.</summary>
    public static readonly ulong[] Powers64 = [.. Powers.Take(19).Select(p => (ulong)p)];

    /// <summary>A power of ten, up to 10^38.</summary>
    public static UInt128 PowerOfTen(int exponent) => Powers[exponent];

    /// <summary>Reads a number.</summary>
    /// <param name="text">Not empty.</param>
    /// <param name="precision">Digits that fit, 1 to 38.</param>
    /// <param name="scale">Those of them behind the point.</param>
    /// <param name="unscaled">The number times 10^scale, rounded half away from zero.</param>
    public static bool TryRead(ReadOnlySpan<byte> text, int precision, int scale, out Int128 unscaled)
    {
        unscaled = 0;
        text = text.Trim(" \t\n\v\f\r"u8);
        var isNegative = text.Length > 0 && text[0] == '-';
        if (text.Length > 0 && text[0] is (byte)'-' or (byte)'+') text = text[1..];
        var length = text.IndexOfAny((byte)'e', (byte)'E');
        var exponent = 0;
        if (length >= 0 && !TryExponent(text[(length + 1)..], out exponent)) return false;
        if (length >= 0) text = text[..length];
        var point = text.IndexOf((byte)'.');
        var whole = point < 0 ? text : text[..point];
        var fraction = point < 0 ? [] : text[(point + 1)..];
        if ((whole.IsEmpty && fraction.IsEmpty) || !AreDigits(whole) || !AreDigits(fraction)) return false;
        // Where the first digit that counts stands, in front of the point of the unscaled number.
        var before = whole.Length - whole.Count((byte)'_') + exponent + scale;
        if (!Take(whole, fraction, before, precision, out var number)) return false;
        if (number >= Powers[precision]) return false;
        unscaled = isNegative ? -(Int128)number : (Int128)number;
        return true;
    }

    /// <summary>The number that the first digits make, rounded by the next one; false when they are more than fit.</summary>
    /// <param name="whole">Digits.</param>
    /// <param name="fraction">More digits.</param>
    /// <param name="before">How many of all digits are in front of the point; more than there are stand for zeros.</param>
    /// <param name="precision">Digits that fit.</param>
    /// <param name="number">The number.</param>
    static bool Take(ReadOnlySpan<byte> whole, ReadOnlySpan<byte> fraction, int before, int precision, out UInt128 number)
    {
        number = 0;
        var (at, counted) = (0, 0);
        for (var i = 0; i < whole.Length + fraction.Length; i++)
        {
            var digit = (i < whole.Length ? whole[i] : fraction[i - whole.Length]) - '0';
            if (digit > 9) continue;
            if (at == before && digit >= 5) number++;
            if (at < before && (digit > 0 || counted > 0))
            {
                if (++counted > precision) return false;
                number = (number * 10) + (uint)digit;
            }
            at++;
        }
        if (counted == 0 || at >= before) return true;
        if (counted + before - at > precision) return false;
        number *= Powers[before - at];
        return true;
    }

    static bool TryExponent(ReadOnlySpan<byte> text, out int exponent)
    {
        exponent = 0;
        var isNegative = text.Length > 0 && text[0] == '-';
        if (text.Length > 0 && text[0] is (byte)'-' or (byte)'+') text = text[1..];
        if (text.IsEmpty || !AreDigits(text)) return false;
        foreach (var b in text)
            if (b != '_') exponent = Math.Min((exponent * 10) + (b - '0'), MostExponent);
        if (isNegative) exponent = -exponent;
        return true;
    }

    /// <summary>Nothing but digits, and single underscores between them.</summary>
    static bool AreDigits(ReadOnlySpan<byte> text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if ((uint)(text[i] - '0') <= 9) continue;
            if (text[i] != '_' || i == 0 || i == text.Length - 1 || text[i - 1] == '_') return false;
        }
        return true;
    }

    static UInt128[] Make()
    {
        var powers = new UInt128[39];
        powers[0] = 1;
        for (var i = 1; i < powers.Length; i++) powers[i] = powers[i - 1] * 10;
        return powers;
    }
}
