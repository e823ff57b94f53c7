using Microsoft.Win32.SafeHandles;

namespace Quern.Duck.Native;

/// <summary>Owns a <c>duckdb_connection</c>. Statements and results made on it stay safe to free after this is
/// closed.</summary>
sealed unsafe class ConnectionHandle : SafeHandleZeroOrMinusOneIsInvalid
{
    public ConnectionHandle(nint connection) : base(ownsHandle: true) => SetHandle(connection);

    protected override bool ReleaseHandle()
    {
        var connection = handle;
        Capi.duckdb_disconnect(&connection);
        return true;
    }
}
