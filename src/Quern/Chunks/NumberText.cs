using System.Buffers;
using System.Buffers.Text;
using System.Globalization;

namespace Quern.Chunks;

/// <summary>Numbers as DuckDB's <c>::VARCHAR</c> spells them, in UTF-8.</summary>
public static class NumberText
{
    /// <summary>Bytes that always suffice for one number.</summary>
    public const int MaxBytes = 48;

    // fmt 6, which DuckDB formats with, leaves the fixed form outside 1e-4 to 1e16.
    const int MinFixedExponent = -4;
    const int MaxFixedExponent = 16;

    /// <summary>A whole number; returns the bytes written.</summary>
    public static int Write(Span<byte> to, Int128 value)
    {
        value.TryFormat(to, out var written, default, CultureInfo.InvariantCulture);
        return written;
    }

    /// <summary>A decimal from its unscaled value; as in DuckDB, no zero stands before the point when all digits are
    /// behind it.</summary>
    public static int Write(Span<byte> to, Int128 unscaled, int precision, int scale)
    {
        if (scale == 0) return Write(to, unscaled);
        var written = 0;
        if (unscaled < 0) to[written++] = (byte)'-';
        Span<byte> digits = stackalloc byte[MaxBytes];
        var magnitude = unscaled < 0 ? (UInt128)(-unscaled) : (UInt128)unscaled;
        magnitude.TryFormat(digits, out var count, default, CultureInfo.InvariantCulture);
        var whole = count - scale;
        if (whole > 0)
        {
            digits[..whole].CopyTo(to[written..]);
            written += whole;
        }
        else if (precision > scale)
        {
            to[written++] = (byte)'0';
        }
        to[written++] = (byte)'.';
        if (whole < 0)
        {
            to.Slice(written, -whole).Fill((byte)'0');
            written -= whole;
        }
        var fraction = digits[Math.Max(whole, 0)..count];
        fraction.CopyTo(to[written..]);
        return written + fraction.Length;
    }

    /// <summary>The shortest text that reads back as the same double.</summary>
    public static int Write(Span<byte> to, double value)
    {
        if (!double.IsFinite(value)) return Special(to, double.IsNaN(value), value < 0);
        Span<byte> shortest = stackalloc byte[MaxBytes];
        value.TryFormat(shortest, out var count, "R", CultureInfo.InvariantCulture);
        return Respell(to, shortest[..count]);
    }

    /// <summary>The shortest text that reads back as the same float.</summary>
    public static int Write(Span<byte> to, float value)
    {
        if (!float.IsFinite(value)) return Special(to, float.IsNaN(value), value < 0);
        Span<byte> shortest = stackalloc byte[MaxBytes];
        value.TryFormat(shortest, out var count, "R", CultureInfo.InvariantCulture);
        return Respell(to, shortest[..count]);
    }

    static int Special(Span<byte> to, bool nan, bool negative)
    {
        var text = nan ? "nan"u8 : negative ? "-inf"u8 : "inf"u8;
        text.CopyTo(to);
        return text.Length;
    }

    // .NET and DuckDB agree on the digits, but not on where the exponent form starts and what it looks like.
    static int Respell(Span<byte> to, Span<byte> text)
    {
        var written = 0;
        if (text[0] == '-')
        {
            to[written++] = (byte)'-';
            text = text[1..];
        }
        var power = 0;
        var mark = text.IndexOf((byte)'E');
        if (mark >= 0)
        {
            _ = Utf8Parser.TryParse(text[(mark + 1)..], out power, out _);
            text = text[..mark];
        }

        // Digits without the point, and how many stood before it.
        var before = text.IndexOf((byte)'.');
        if (before >= 0)
        {
            text[(before + 1)..].CopyTo(text[before..]);
            text = text[..^1];
        }
        else
        {
            before = text.Length;
        }
        var digits = text.TrimStart((byte)'0');
        var exponent = before - (text.Length - digits.Length) - 1 + power;
        digits = digits.TrimEnd((byte)'0');
        if (digits.IsEmpty)
        {
            "0.0"u8.CopyTo(to[written..]);
            return written + 3;
        }
        return written + (exponent is >= MinFixedExponent and < MaxFixedExponent
            ? Fixed(to[written..], digits, exponent)
            : Scientific(to[written..], digits, exponent));
    }

    static int Fixed(Span<byte> to, ReadOnlySpan<byte> digits, int exponent)
    {
        if (exponent < 0)
        {
            "0."u8.CopyTo(to);
            to.Slice(2, -exponent - 1).Fill((byte)'0');
            digits.CopyTo(to[(1 - exponent)..]);
            return 1 - exponent + digits.Length;
        }
        var whole = exponent + 1;
        to[..whole].Fill((byte)'0');
        digits[..Math.Min(whole, digits.Length)].CopyTo(to);
        to[whole] = (byte)'.';
        if (digits.Length <= whole)
        {
            to[whole + 1] = (byte)'0';
            return whole + 2;
        }
        digits[whole..].CopyTo(to[(whole + 1)..]);
        return digits.Length + 1;
    }

    static int Scientific(Span<byte> to, ReadOnlySpan<byte> digits, int exponent)
    {
        var written = 0;
        to[written++] = digits[0];
        if (digits.Length > 1)
        {
            to[written++] = (byte)'.';
            digits[1..].CopyTo(to[written..]);
            written += digits.Length - 1;
        }
        to[written++] = (byte)'e';
        to[written++] = exponent < 0 ? (byte)'-' : (byte)'+';
        Utf8Formatter.TryFormat(Math.Abs(exponent), to[written..], out var count, new StandardFormat('D', 2));
        return written + count;
    }
}
