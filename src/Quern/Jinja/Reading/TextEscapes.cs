using System.Globalization;
using System.Text;

namespace Quern.Jinja.Reading;

/// <summary>
/// The escapes of a quoted text: <c>\n</c>, <c>\'</c>, <c>\x41</c>, <c>\u0041</c>... Unknown ones stay as written.
/// </summary>
static class TextEscapes
{
    /// <summary>The text without its escapes; null where an escape is broken.</summary>
    public static string? Resolve(ReadOnlySpan<char> raw)
    {
        if (!raw.Contains('\\')) return raw.ToString();
        var output = new StringBuilder(raw.Length);
        for (var i = 0; i < raw.Length; i++)
        {
            if (raw[i] != '\\' || i + 1 == raw.Length)
            {
                output.Append(raw[i]);
                continue;
            }

            var c = raw[++i];
            switch (c)
            {
                case '\n': break;
                case 'n': output.Append('\n'); break;
                case 't': output.Append('\t'); break;
                case 'r': output.Append('\r'); break;
                case 'a': output.Append('\a'); break;
                case 'b': output.Append('\b'); break;
                case 'f': output.Append('\f'); break;
                case 'v': output.Append('\v'); break;
                case '\\' or '\'' or '"': output.Append(c); break;
                case >= '0' and <= '7': i = Octal(raw, i, output); break;
                case 'x' or 'u' or 'U':
                    var length = c == 'x' ? 2 : c == 'u' ? 4 : 8;
                    if (!TryHex(raw, i + 1, length, output)) return null;
                    i += length;
                    break;
                default: output.Append('\\').Append(c); break;
            }
        }

        return output.ToString();
    }

    static int Octal(ReadOnlySpan<char> raw, int at, StringBuilder output)
    {
        var (value, end) = (0, at);
        for (; end < raw.Length && end < at + 3 && raw[end] is >= '0' and <= '7'; end++)
            value = value * 8 + (raw[end] - '0');
        output.Append((char)value);
        return end - 1;
    }

    static bool TryHex(ReadOnlySpan<char> raw, int at, int length, StringBuilder output)
    {
        if (at + length > raw.Length) return false;
        var (digits, culture) = (raw.Slice(at, length).ToString(), CultureInfo.InvariantCulture);
        if (!uint.TryParse(digits, NumberStyles.AllowHexSpecifier, culture, out var code)) return false;
        if (code < 0x10000) output.Append((char)code);
        else if (Rune.TryCreate(code, out var rune)) output.Append(rune.ToString());
        else return false;
        return true;
    }
}
