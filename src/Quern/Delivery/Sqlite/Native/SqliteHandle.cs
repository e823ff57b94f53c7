using Microsoft.Win32.SafeHandles;

namespace Quern.Delivery.Sqlite.Native;

/// <summary>Owns a <c>sqlite3</c>.</summary>
sealed class SqliteHandle : SafeHandleZeroOrMinusOneIsInvalid
{
    public SqliteHandle(nint connection) : base(ownsHandle: true) => SetHandle(connection);

    protected override bool ReleaseHandle() => SqliteApi.sqlite3_close_v2(handle) == SqliteApi.Ok;
}
