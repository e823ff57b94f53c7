using System.Runtime.InteropServices;
using Quern.Chunks;

namespace Quern.Duck.Native;

// Prepared statements: preparing, parameters, running.
static unsafe partial class Capi
{
    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    public static partial ulong duckdb_extract_statements(ConnectionHandle connection, string sql, nint* extracted);

    [LibraryImport(Library)]
    public static partial byte* duckdb_extract_statements_error(ExtractedHandle extracted);

    [LibraryImport(Library)]
    public static partial void duckdb_destroy_extracted(nint* extracted);

    [LibraryImport(Library)]
    public static partial NativeState duckdb_prepare_extracted_statement(
        ConnectionHandle connection, ExtractedHandle extracted, ulong index, nint* statement);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    public static partial NativeState duckdb_prepare(ConnectionHandle connection, string sql, nint* statement);

    [LibraryImport(Library)]
    public static partial byte* duckdb_prepare_error(StatementHandle statement);

    [LibraryImport(Library)]
    public static partial void duckdb_destroy_prepare(nint* statement);

    [LibraryImport(Library)]
    public static partial ulong duckdb_nparams(StatementHandle statement);

    [LibraryImport(Library)]
    public static partial ulong duckdb_prepared_statement_column_count(StatementHandle statement);

    // The name is handed over.
    [LibraryImport(Library)]
    public static partial byte* duckdb_prepared_statement_column_name(StatementHandle statement, ulong column);

    [LibraryImport(Library)]
    public static partial nint duckdb_prepared_statement_column_logical_type(StatementHandle statement, ulong column);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    public static partial NativeState duckdb_bind_parameter_index(StatementHandle statement, ulong* index, string name);

    [LibraryImport(Library)]
    public static partial NativeState duckdb_clear_bindings(StatementHandle statement);

    [LibraryImport(Library)]
    public static partial NativeState duckdb_bind_boolean(StatementHandle statement, ulong index, byte value);

    [LibraryImport(Library)]
    public static partial NativeState duckdb_bind_int8(StatementHandle statement, ulong index, sbyte value);

    [LibraryImport(Library)]
    public static partial NativeState duckdb_bind_int16(StatementHandle statement, ulong index, short value);

    [LibraryImport(Library)]
    public static partial NativeState duckdb_bind_int32(StatementHandle statement, ulong index, int value);

    [LibraryImport(Library)]
    public static partial NativeState duckdb_bind_int64(StatementHandle statement, ulong index, long value);

    [LibraryImport(Library)]
    public static partial NativeState duckdb_bind_uint8(StatementHandle statement, ulong index, byte value);

    [LibraryImport(Library)]
    public static partial NativeState duckdb_bind_uint16(StatementHandle statement, ulong index, ushort value);

    [LibraryImport(Library)]
    public static partial NativeState duckdb_bind_uint32(StatementHandle statement, ulong index, uint value);

    [LibraryImport(Library)]
    public static partial NativeState duckdb_bind_uint64(StatementHandle statement, ulong index, ulong value);

    [LibraryImport(Library)]
    public static partial NativeState duckdb_bind_hugeint(StatementHandle statement, ulong index, NativeHugeInt value);

    [LibraryImport(Library)]
    public static partial NativeState duckdb_bind_uhugeint(StatementHandle statement, ulong index, NativeHugeInt value);

    [LibraryImport(Library)]
    public static partial NativeState duckdb_bind_decimal(StatementHandle statement, ulong index, NativeDecimal value);

    [LibraryImport(Library)]
    public static partial NativeState duckdb_bind_float(StatementHandle statement, ulong index, float value);

    [LibraryImport(Library)]
    public static partial NativeState duckdb_bind_double(StatementHandle statement, ulong index, double value);

    [LibraryImport(Library)]
    public static partial NativeState duckdb_bind_date(StatementHandle statement, ulong index, int days);

    [LibraryImport(Library)]
    public static partial NativeState duckdb_bind_time(StatementHandle statement, ulong index, long micros);

    [LibraryImport(Library)]
    public static partial NativeState duckdb_bind_timestamp(StatementHandle statement, ulong index, long micros);

    [LibraryImport(Library)]
    public static partial NativeState duckdb_bind_timestamp_tz(StatementHandle statement, ulong index, long micros);

    [LibraryImport(Library)]
    public static partial NativeState duckdb_bind_interval(StatementHandle statement, ulong index, Interval value);

    [LibraryImport(Library)]
    public static partial NativeState duckdb_bind_varchar_length(StatementHandle statement, ulong index, byte* text, ulong length);

    [LibraryImport(Library)]
    public static partial NativeState duckdb_bind_blob(StatementHandle statement, ulong index, void* bytes, ulong length);

    [LibraryImport(Library)]
    public static partial NativeState duckdb_bind_null(StatementHandle statement, ulong index);

    [LibraryImport(Library)]
    public static partial NativeState duckdb_bind_value(StatementHandle statement, ulong index, nint value);

    [LibraryImport(Library)]
    public static partial NativeState duckdb_pending_prepared_streaming(StatementHandle statement, nint* pending);

    [LibraryImport(Library)]
    public static partial NativeState duckdb_pending_prepared(StatementHandle statement, nint* pending);

    [LibraryImport(Library)]
    public static partial byte* duckdb_pending_error(PendingHandle pending);

    [LibraryImport(Library)]
    public static partial void duckdb_destroy_pending(nint* pending);

    [LibraryImport(Library)]
    public static partial PendingState duckdb_pending_execute_task(PendingHandle pending);

    [LibraryImport(Library)]
    public static partial NativeState duckdb_execute_pending(PendingHandle pending, NativeResult* result);
}
