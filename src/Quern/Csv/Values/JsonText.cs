using System.Buffers;
using System.Text;

namespace Quern.Csv.Values;

/// <summary>Tells whether a text is JSON, as DuckDB's cast to JSON does: RFC 8259 with commas behind last elements, and NaN and
/// Infinity in any case.</summary>
static class JsonText
{
    /// <summary>Arrays and objects within each other.</summary>
    const int MostDepth = 1000;

    // What a string may not hold as it is, or ends it.
    static readonly SearchValues<byte> Special = SearchValues.Create([(byte)'"', (byte)'\\', .. Enumerable.Range(0, 0x20).Select(b => (byte)b)]);

    /// <summary>True for one value with blanks around it.</summary>
    public static bool IsValid(ReadOnlySpan<byte> text)
    {
        var rest = text;
        return Value(ref rest, 0) && Skip(ref rest).IsEmpty;
    }

    static bool Value(ref ReadOnlySpan<byte> text, int depth)
    {
        if (Skip(ref text).IsEmpty || depth > MostDepth) return false;
        switch (text[0])
        {
            case (byte)'{': return Elements(ref text, depth, (byte)'}');
            case (byte)'[': return Elements(ref text, depth, (byte)']');
            case (byte)'"': return String(ref text);
            case (byte)'t': return Word(ref text, "true"u8);
            case (byte)'f': return Word(ref text, "false"u8);
            case (byte)'n' when Word(ref text, "null"u8): return true;
            default: return Number(ref text);
        }
    }

    static bool Elements(ref ReadOnlySpan<byte> text, int depth, byte end)
    {
        text = text[1..];
        while (true)
        {
            if (Skip(ref text).IsEmpty) return false;
            if (text[0] == end) break;
            if (end == '}' && (!String(ref text) || Skip(ref text).IsEmpty || !Word(ref text, ":"u8))) return false;
            if (!Value(ref text, depth + 1) || Skip(ref text).IsEmpty) return false;
            if (text[0] == ',' && text.Length > 1) text = text[1..];
            else if (text[0] != end) return false;
            else break;
        }
        text = text[1..];
        return true;
    }

    static bool String(ref ReadOnlySpan<byte> text)
    {
        if (text[0] != '"') return false;
        text = text[1..];
        while (text.IndexOfAny(Special) is >= 0 and var at)
        {
            var b = text[at];
            text = text[at..];
            if (b == '"')
            {
                text = text[1..];
                return true;
            }
            if (b != '\\' || text.Length < 2) return false;
            if (text[1] != 'u')
            {
                if ("\"\\/bfnrt"u8.IndexOf(text[1]) < 0) return false;
                text = text[2..];
                continue;
            }
            if (!Unit(ref text, out var unit) || char.IsLowSurrogate(unit)) return false;
            if (char.IsHighSurrogate(unit) && !(Unit(ref text, out var low) && char.IsLowSurrogate(low))) return false;
        }
        return false;
    }

    /// <summary>A backslash, an u and four hexadecimal digits.</summary>
    static bool Unit(ref ReadOnlySpan<byte> text, out char unit)
    {
        unit = '\0';
        if (text.Length < 6 || text[0] != '\\' || text[1] != 'u') return false;
        for (var i = 2; i < 6; i++)
        {
            if (!char.IsAsciiHexDigit((char)text[i])) return false;
            unit = (char)((unit << 4) | Hex(text[i]));
        }
        text = text[6..];
        return true;
    }

    static int Hex(byte digit) => digit <= '9' ? digit - '0' : (digit | 0x20) - 'a' + 10;

    static bool Number(ref ReadOnlySpan<byte> text)
    {
        if (text[0] == '-') text = text[1..];
        if (AnyCase(ref text, "nan"u8) || AnyCase(ref text, "infinity"u8) || AnyCase(ref text, "inf"u8)) return true;
        var count = CountDigits(text);
        if (count == 0 || (count > 1 && text[0] == '0')) return false;
        text = text[count..];
        if (!text.IsEmpty && text[0] == '.' && !Some(ref text, 1)) return false;
        if (!text.IsEmpty && text[0] is (byte)'e' or (byte)'E')
            return Some(ref text, text.Length > 1 && text[1] is (byte)'+' or (byte)'-' ? 2 : 1);
        return true;
    }

    /// <summary>At least one digit behind some bytes.</summary>
    static bool Some(ref ReadOnlySpan<byte> text, int from)
    {
        var count = CountDigits(text[from..]);
        text = text[(from + count)..];
        return count > 0;
    }

    static int CountDigits(ReadOnlySpan<byte> text) =>
        text.IndexOfAnyExceptInRange((byte)'0', (byte)'9') is >= 0 and var count ? count : text.Length;

    static bool Word(ref ReadOnlySpan<byte> text, ReadOnlySpan<byte> word)
    {
        if (!text.StartsWith(word)) return false;
        text = text[word.Length..];
        return true;
    }

    static bool AnyCase(ref ReadOnlySpan<byte> text, ReadOnlySpan<byte> word)
    {
        if (text.Length < word.Length || !Ascii.EqualsIgnoreCase(text[..word.Length], word)) return false;
        text = text[word.Length..];
        return true;
    }

    static ReadOnlySpan<byte> Skip(ref ReadOnlySpan<byte> text) => text = text.TrimStart(" \t\n\r"u8);
}
