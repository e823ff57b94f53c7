using System.Runtime.InteropServices;

namespace Quern.Duck.Native;

// The profile of the last statement. Nodes belong to the connection: they are not freed, and die with the next
// statement.
static unsafe partial class Capi
{
    [LibraryImport(Library)]
    public static partial nint duckdb_get_profiling_info(ConnectionHandle connection);

    [LibraryImport(Library)]
    public static partial nint duckdb_profiling_info_get_metrics(nint info);

    [LibraryImport(Library)]
    public static partial ulong duckdb_profiling_info_get_child_count(nint info);

    [LibraryImport(Library)]
    public static partial nint duckdb_profiling_info_get_child(nint info, ulong index);
}
