using Quern.Chunks;
using Quern.Duck.Native;

namespace Quern.Duck;

/// <summary>Reads single values from text exactly as DuckDB's <c>try_cast</c> does, for the few that a quick reader
/// leaves.</summary>
/// <remarks>The engine casts a value in place, so its type says afterwards whether the text stood for one: what the getters
/// answer when it did not is a value that a text may also stand for. Texts must be UTF-8.</remarks>
static unsafe class TextCast
{
    /// <summary>A DOUBLE.</summary>
    public static bool TryDouble(ReadOnlySpan<byte> utf8, out double value)
    {
        var text = Create(utf8);
        value = Capi.duckdb_get_double(text);
        return Is(text, TypeKind.Double);
    }

    /// <summary>A FLOAT.</summary>
    public static bool TryFloat(ReadOnlySpan<byte> utf8, out float value)
    {
        var text = Create(utf8);
        value = Capi.duckdb_get_float(text);
        return Is(text, TypeKind.Float);
    }

    /// <summary>A whole number of a kind of up to 64 bits.</summary>
    /// <param name="utf8">The text.</param>
    /// <param name="kind">From <see cref="TypeKind.TinyInt"/> to <see cref="TypeKind.UBigInt"/>.</param>
    /// <param name="value">What it stands for; of an UBIGINT its bits.</param>
    public static bool TryWhole(ReadOnlySpan<byte> utf8, TypeKind kind, out long value)
    {
        var text = Create(utf8);
        value = kind switch
        {
            TypeKind.TinyInt => Capi.duckdb_get_int8(text),
            TypeKind.SmallInt => Capi.duckdb_get_int16(text),
            TypeKind.Integer => Capi.duckdb_get_int32(text),
            TypeKind.BigInt => Capi.duckdb_get_int64(text),
            TypeKind.UTinyInt => Capi.duckdb_get_uint8(text),
            TypeKind.USmallInt => Capi.duckdb_get_uint16(text),
            TypeKind.UInteger => Capi.duckdb_get_uint32(text),
            _ => (long)Capi.duckdb_get_uint64(text),
        };
        return Is(text, kind);
    }

    /// <summary>A HUGEINT, or an UHUGEINT and its bits.</summary>
    public static bool TryHuge(ReadOnlySpan<byte> utf8, bool isSigned, out Int128 value)
    {
        var text = Create(utf8);
        value = (isSigned ? Capi.duckdb_get_hugeint(text) : Capi.duckdb_get_uhugeint(text)).Signed;
        return Is(text, isSigned ? TypeKind.HugeInt : TypeKind.UHugeInt);
    }

    /// <summary>A BOOLEAN.</summary>
    public static bool TryBoolean(ReadOnlySpan<byte> utf8, out byte value)
    {
        var text = Create(utf8);
        value = Capi.duckdb_get_bool(text) != 0 ? (byte)1 : (byte)0;
        return Is(text, TypeKind.Boolean);
    }

    /// <summary>A DATE: days since 1970-01-01.</summary>
    public static bool TryDate(ReadOnlySpan<byte> utf8, out int value)
    {
        var text = Create(utf8);
        value = Capi.duckdb_get_date(text);
        return Is(text, TypeKind.Date);
    }

    /// <summary>A TIMESTAMP: microseconds since 1970-01-01.</summary>
    public static bool TryTimestamp(ReadOnlySpan<byte> utf8, out long value)
    {
        var text = Create(utf8);
        value = Capi.duckdb_get_timestamp(text);
        return Is(text, TypeKind.Timestamp);
    }

    /// <summary>A TIMESTAMP WITH TIME ZONE: microseconds since 1970-01-01 in UTC, which a text without an offset is in.</summary>
    public static bool TryTimestampTz(ReadOnlySpan<byte> utf8, out long value)
    {
        var text = Create(utf8);
        value = Capi.duckdb_get_timestamp_tz(text);
        return Is(text, TypeKind.TimestampTz);
    }

    /// <summary>A TIMESTAMP_NS: nanoseconds since 1970-01-01.</summary>
    public static bool TryTimestampNanos(ReadOnlySpan<byte> utf8, out long value)
    {
        var text = Create(utf8);
        value = Capi.duckdb_get_timestamp_ns(text);
        return Is(text, TypeKind.TimestampNanos);
    }

    static nint Create(ReadOnlySpan<byte> utf8)
    {
        DuckLibrary.Load();
        fixed (byte* first = utf8) return Capi.duckdb_create_varchar_length(first, (ulong)utf8.Length);
    }

    /// <summary>True when the value was cast; frees it.</summary>
    static bool Is(nint value, TypeKind kind)
    {
        var found = (TypeKind)Capi.duckdb_get_type_id(Capi.duckdb_get_value_type(value));
        Capi.duckdb_destroy_value(&value);
        return found == kind;
    }
}
