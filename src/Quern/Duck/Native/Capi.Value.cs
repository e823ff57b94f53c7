using System.Runtime.InteropServices;

namespace Quern.Duck.Native;

// Single values: arguments of table functions, metrics of a profile.
static unsafe partial class Capi
{
    [LibraryImport(Library)]
    public static partial void duckdb_destroy_value(nint* value);

    [LibraryImport(Library)]
    public static partial nint duckdb_create_varchar_length(byte* text, ulong length);

    // Days.
    [LibraryImport(Library)]
    public static partial int duckdb_get_date(nint value);

    // Microseconds.
    [LibraryImport(Library)]
    public static partial long duckdb_get_timestamp(nint value);

    // Microseconds, in UTC.
    [LibraryImport(Library)]
    public static partial long duckdb_get_timestamp_tz(nint value);

    // Nanoseconds.
    [LibraryImport(Library)]
    public static partial long duckdb_get_timestamp_ns(nint value);

    [LibraryImport(Library)]
    public static partial nint duckdb_create_uuid(NativeHugeInt value);

    // Belongs to the value: not to be destroyed.
    [LibraryImport(Library)]
    public static partial nint duckdb_get_value_type(nint value);

    [LibraryImport(Library)]
    public static partial byte duckdb_is_null_value(nint value);

    [LibraryImport(Library)]
    public static partial byte duckdb_get_bool(nint value);

    [LibraryImport(Library)]
    public static partial sbyte duckdb_get_int8(nint value);

    [LibraryImport(Library)]
    public static partial byte duckdb_get_uint8(nint value);

    [LibraryImport(Library)]
    public static partial short duckdb_get_int16(nint value);

    [LibraryImport(Library)]
    public static partial ushort duckdb_get_uint16(nint value);

    [LibraryImport(Library)]
    public static partial int duckdb_get_int32(nint value);

    [LibraryImport(Library)]
    public static partial uint duckdb_get_uint32(nint value);

    [LibraryImport(Library)]
    public static partial long duckdb_get_int64(nint value);

    [LibraryImport(Library)]
    public static partial NativeHugeInt duckdb_get_hugeint(nint value);

    [LibraryImport(Library)]
    public static partial NativeHugeInt duckdb_get_uhugeint(nint value);

    [LibraryImport(Library)]
    public static partial ulong duckdb_get_uint64(nint value);

    [LibraryImport(Library)]
    public static partial float duckdb_get_float(nint value);

    [LibraryImport(Library)]
    public static partial double duckdb_get_double(nint value);

    [LibraryImport(Library)]
    public static partial byte* duckdb_get_varchar(nint value);

    [LibraryImport(Library)]
    public static partial ulong duckdb_get_list_size(nint value);

    [LibraryImport(Library)]
    public static partial nint duckdb_get_list_child(nint value, ulong index);

    [LibraryImport(Library)]
    public static partial ulong duckdb_get_map_size(nint value);

    [LibraryImport(Library)]
    public static partial nint duckdb_get_map_key(nint value, ulong index);

    [LibraryImport(Library)]
    public static partial nint duckdb_get_map_value(nint value, ulong index);

    [LibraryImport(Library)]
    public static partial nint duckdb_get_struct_child(nint value, ulong index);
}
