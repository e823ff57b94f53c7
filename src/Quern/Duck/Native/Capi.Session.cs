using System.Runtime.InteropServices;

// Signatures follow src/include/duckdb.h of DuckDB 1.5.6. idx_t is ulong, bool is one byte, duckdb_state is
// NativeState.
// [SuppressGCTransition] only on calls that neither block nor allocate nor call back: plain reads of a field.
namespace Quern.Duck.Native;

/// <summary>DuckDB's C interface, by topic: this part opens, connects, interrupts and frees.</summary>
static unsafe partial class Capi
{
    public const string Library = "duckdb";

    [LibraryImport(Library)]
    public static partial byte* duckdb_library_version();

    [LibraryImport(Library)]
    public static partial void duckdb_free(void* memory);

    [LibraryImport(Library)]
    public static partial NativeState duckdb_create_config(nint* config);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    public static partial NativeState duckdb_set_config(nint config, string name, string option);

    [LibraryImport(Library)]
    public static partial void duckdb_destroy_config(nint* config);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    public static partial NativeState duckdb_open_ext(string? path, nint* database, nint config, byte** error);

    [LibraryImport(Library)]
    public static partial void duckdb_close(nint* database);

    [LibraryImport(Library)]
    public static partial NativeState duckdb_connect(DatabaseHandle database, nint* connection);

    [LibraryImport(Library)]
    public static partial void duckdb_disconnect(nint* connection);

    [LibraryImport(Library)]
    public static partial void duckdb_interrupt(ConnectionHandle connection);
}
