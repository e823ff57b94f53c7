using Quern.Duck.Native;

namespace Quern.Duck;

/// <summary>Reads single values from text exactly as DuckDB's <c>try_cast</c> does, for the few that a quick reader
/// leaves.</summary>
/// <remarks>DuckDB answers with one value where a text is none of the type; where that may be meant, the text is looked
/// at.</remarks>
static unsafe class TextCast
{
    /// <summary>A DOUBLE.</summary>
    /// <param name="utf8">The text, which must be UTF-8.</param>
    /// <param name="value">What it stands for.</param>
    public static bool TryDouble(ReadOnlySpan<byte> utf8, out double value)
    {
        var text = Create(utf8);
        value = Capi.duckdb_get_double(text);
        Capi.duckdb_destroy_value(&text);
        if (!double.IsNaN(value)) return true;
        return IsNaN(utf8.Trim(" \t\n\v\f\r"u8).TrimStart("+-"u8));
    }

    /// <summary>A BIGINT.</summary>
    /// <inheritdoc cref="TryDouble"/>
    public static bool TryBigInt(ReadOnlySpan<byte> utf8, out long value)
    {
        var text = Create(utf8);
        value = Capi.duckdb_get_int64(text);
        Capi.duckdb_destroy_value(&text);
        return value != long.MinValue || utf8.IndexOf("9223372036854775808"u8) >= 0;
    }

    /// <summary>A TIMESTAMP: microseconds since 1970-01-01.</summary>
    /// <inheritdoc cref="TryDouble"/>
    public static bool TryTimestamp(ReadOnlySpan<byte> utf8, out long value)
    {
        var text = Create(utf8);
        value = Capi.duckdb_get_timestamp(text);
        Capi.duckdb_destroy_value(&text);
        return value != long.MinValue;
    }

    static nint Create(ReadOnlySpan<byte> utf8)
    {
        DuckLibrary.Load();
        fixed (byte* first = utf8) return Capi.duckdb_create_varchar_length(first, (ulong)utf8.Length);
    }

    static bool IsNaN(ReadOnlySpan<byte> text) =>
        text.Length >= 3 && (text[0] | 0x20) == 'n' && (text[1] | 0x20) == 'a' && (text[2] | 0x20) == 'n';
}
