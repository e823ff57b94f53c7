using System.Runtime.InteropServices;

namespace Quern.Duck.Native;

// Writing: chunks of our own, output chunks, appenders.
static unsafe partial class Capi
{
    [LibraryImport(Library)]
    public static partial nint duckdb_create_data_chunk(nint* types, ulong count);

    [LibraryImport(Library)]
    public static partial void duckdb_data_chunk_reset(nint chunk);

    [LibraryImport(Library), SuppressGCTransition]
    public static partial void duckdb_data_chunk_set_size(nint chunk, ulong rows);

    // The target shares the memory of the source: values, validity and texts, counted by reference.
    [LibraryImport(Library)]
    public static partial void duckdb_vector_reference_vector(nint target, nint source);

    [LibraryImport(Library)]
    public static partial void duckdb_vector_ensure_validity_writable(nint vector);

    // The documented call for text that is known to be UTF-8: copies it into the vector's own heap.
    [LibraryImport(Library)]
    public static partial void duckdb_unsafe_vector_assign_string_element_len(nint vector, ulong row, byte* text, ulong length);

    // The same for texts that are copied in well under a microsecond: the garbage collector waits for this call.
    [LibraryImport(Library, EntryPoint = nameof(duckdb_unsafe_vector_assign_string_element_len)), SuppressGCTransition]
    public static partial void AssignShortString(nint vector, ulong row, byte* text, ulong length);

    [LibraryImport(Library)]
    public static partial NativeState duckdb_list_vector_reserve(nint vector, ulong capacity);

    [LibraryImport(Library)]
    public static partial NativeState duckdb_list_vector_set_size(nint vector, ulong size);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    public static partial NativeState duckdb_appender_create_ext(
        ConnectionHandle connection, string? catalog, string? schema, string table, nint* appender);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    public static partial NativeState duckdb_appender_create_query(
        ConnectionHandle connection, string sql, ulong columnCount, nint* types, string? table, byte** names, nint* appender);

    [LibraryImport(Library)]
    public static partial ulong duckdb_appender_column_count(AppenderHandle appender);

    [LibraryImport(Library)]
    public static partial nint duckdb_appender_column_type(AppenderHandle appender, ulong column);

    [LibraryImport(Library)]
    public static partial NativeState duckdb_append_data_chunk(AppenderHandle appender, nint chunk);

    [LibraryImport(Library)]
    public static partial NativeState duckdb_appender_flush(AppenderHandle appender);

    [LibraryImport(Library)]
    public static partial NativeState duckdb_appender_clear(AppenderHandle appender);

    [LibraryImport(Library)]
    public static partial NativeState duckdb_appender_close(AppenderHandle appender);

    [LibraryImport(Library)]
    public static partial NativeState duckdb_appender_destroy(nint* appender);

    [LibraryImport(Library)]
    public static partial nint duckdb_appender_error_data(AppenderHandle appender);

    [LibraryImport(Library)]
    public static partial DuckErrorKind duckdb_error_data_error_type(nint error);

    [LibraryImport(Library)]
    public static partial byte* duckdb_error_data_message(nint error);

    [LibraryImport(Library)]
    public static partial void duckdb_destroy_error_data(nint* error);
}
