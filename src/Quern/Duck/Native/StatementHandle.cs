using Microsoft.Win32.SafeHandles;

namespace Quern.Duck.Native;

/// <summary>Owns a <c>duckdb_prepared_statement</c>.</summary>
sealed unsafe class StatementHandle : SafeHandleZeroOrMinusOneIsInvalid
{
    public StatementHandle(nint statement) : base(ownsHandle: true) => SetHandle(statement);

    protected override bool ReleaseHandle()
    {
        var statement = handle;
        Capi.duckdb_destroy_prepare(&statement);
        return true;
    }
}
