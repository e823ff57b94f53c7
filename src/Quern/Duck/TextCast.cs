using System.Globalization;
using System.Text;
using Quern.Duck.Native;

namespace Quern.Duck;

/// <summary>Reads single values from text exactly as DuckDB's <c>try_cast</c> does, for the few that a quick reader
/// leaves.</summary>
/// <remarks>Where a text is none of the type, DuckDB answers with a value that a text may also stand for; such an answer
/// is looked at twice.</remarks>
static unsafe class TextCast
{
    // After this many years the calendar repeats.
    const int CycleYears = 400;
    const long CycleMicros = 146_097L * 86_400 * 1_000_000;

    /// <summary>A DOUBLE.</summary>
    /// <param name="utf8">The text, which must be UTF-8.</param>
    /// <param name="value">What it stands for.</param>
    public static bool TryDouble(ReadOnlySpan<byte> utf8, out double value)
    {
        var text = Create(utf8);
        value = Capi.duckdb_get_double(text);
        Capi.duckdb_destroy_value(&text);
        return !double.IsNaN(value) || IsNaN(utf8.Trim(" \t\n\v\f\r"u8));
    }

    /// <summary>A BIGINT.</summary>
    /// <inheritdoc cref="TryDouble"/>
    public static bool TryBigInt(ReadOnlySpan<byte> utf8, out long value)
    {
        var text = Create(utf8);
        value = Capi.duckdb_get_int64(text);
        var isValue = value != long.MinValue || Capi.duckdb_get_hugeint(text).Signed == long.MinValue;
        Capi.duckdb_destroy_value(&text);
        return isValue;
    }

    /// <summary>A TIMESTAMP: microseconds since 1970-01-01.</summary>
    /// <inheritdoc cref="TryDouble"/>
    public static bool TryTimestamp(ReadOnlySpan<byte> utf8, out long value)
    {
        value = Timestamp(utf8);
        return value != 0 || IsEpoch(Encoding.UTF8.GetString(utf8).Trim());
    }

    static long Timestamp(ReadOnlySpan<byte> utf8)
    {
        var text = Create(utf8);
        var value = Capi.duckdb_get_timestamp(text);
        Capi.duckdb_destroy_value(&text);
        return value;
    }

    /// <summary>True when the same date of another year is a moment, and not that of a text that is none.</summary>
    static bool IsEpoch(string text)
    {
        if (text.Equals("epoch", StringComparison.OrdinalIgnoreCase)) return true;
        var digits = text.AsSpan().IndexOfAnyExceptInRange('0', '9');
        if (digits is <= 0 or > 6) return false;
        var year = int.Parse(text.AsSpan(0, digits), CultureInfo.InvariantCulture) + CycleYears;
        return Timestamp(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{year}{text[digits..]}"))) == CycleMicros;
    }

    static nint Create(ReadOnlySpan<byte> utf8)
    {
        DuckLibrary.Load();
        fixed (byte* first = utf8) return Capi.duckdb_create_varchar_length(first, (ulong)utf8.Length);
    }

    /// <summary>nan, with signs before it and letters in parentheses behind.</summary>
    static bool IsNaN(ReadOnlySpan<byte> text)
    {
        if (text.StartsWith("+"u8)) text = text[1..];
        if (text.StartsWith("-"u8)) text = text[1..];
        if (text.Length < 3 || (text[0] | 0x20) != 'n' || (text[1] | 0x20) != 'a' || (text[2] | 0x20) != 'n') return false;
        text = text[3..];
        return text.IsEmpty || (text[0] == '(' && text[^1] == ')');
    }
}
