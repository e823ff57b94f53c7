using Microsoft.Win32.SafeHandles;

namespace Quern.Delivery.Sqlite.Native;

/// <summary>Owns a <c>sqlite3_stmt</c>; its connection is closed for good only after it (<c>sqlite3_close_v2</c>).</summary>
sealed class SqliteStatementHandle : SafeHandleZeroOrMinusOneIsInvalid
{
    public SqliteStatementHandle(nint statement) : base(ownsHandle: true) => SetHandle(statement);

    protected override bool ReleaseHandle()
    {
        // It repeats the error of the last step, which has been reported.
        _ = SqliteApi.sqlite3_finalize(handle);
        return true;
    }
}
