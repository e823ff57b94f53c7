using Microsoft.Win32.SafeHandles;

namespace Quern.Duck.Native;

/// <summary>Owns a <c>duckdb_appender</c>; what was not flushed is dropped.</summary>
sealed unsafe class AppenderHandle : SafeHandleZeroOrMinusOneIsInvalid
{
    public AppenderHandle(nint appender) : base(ownsHandle: true) => SetHandle(appender);

    protected override bool ReleaseHandle()
    {
        var appender = handle;
        Capi.duckdb_appender_destroy(&appender);
        return true;
    }
}
