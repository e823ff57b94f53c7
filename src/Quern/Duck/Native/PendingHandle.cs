using Microsoft.Win32.SafeHandles;

namespace Quern.Duck.Native;

/// <summary>Owns a <c>duckdb_pending_result</c>: a statement that is planned and ready to run.</summary>
sealed unsafe class PendingHandle : SafeHandleZeroOrMinusOneIsInvalid
{
    public PendingHandle(nint pending) : base(ownsHandle: true) => SetHandle(pending);

    protected override bool ReleaseHandle()
    {
        var pending = handle;
        Capi.duckdb_destroy_pending(&pending);
        return true;
    }
}
