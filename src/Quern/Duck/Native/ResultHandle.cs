using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Quern.Duck.Native;

/// <summary>Owns a <c>duckdb_result</c> in memory of its own, so that its address is fixed.</summary>
sealed unsafe class ResultHandle : SafeHandleZeroOrMinusOneIsInvalid
{
    public ResultHandle() : base(ownsHandle: true) =>
        SetHandle((nint)NativeMemory.AllocZeroed((nuint)sizeof(NativeResult)));

    /// <summary>The struct; valid while this handle is open.</summary>
    public NativeResult* Result => (NativeResult*)handle;

    protected override bool ReleaseHandle()
    {
        if (Result->Internal != 0) Capi.duckdb_destroy_result(Result);
        NativeMemory.Free(Result);
        return true;
    }
}
