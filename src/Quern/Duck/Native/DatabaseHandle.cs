using Microsoft.Win32.SafeHandles;

namespace Quern.Duck.Native;

/// <summary>Owns a <c>duckdb_database</c>. DuckDB counts references: connections keep the database alive after this is
/// closed.</summary>
sealed unsafe class DatabaseHandle : SafeHandleZeroOrMinusOneIsInvalid
{
    public DatabaseHandle(nint database) : base(ownsHandle: true) => SetHandle(database);

    protected override bool ReleaseHandle()
    {
        var database = handle;
        Capi.duckdb_close(&database);
        return true;
    }
}
