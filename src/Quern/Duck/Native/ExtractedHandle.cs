using Microsoft.Win32.SafeHandles;

namespace Quern.Duck.Native;

/// <summary>Owns a <c>duckdb_extracted_statements</c>: a text split into its statements.</summary>
sealed unsafe class ExtractedHandle : SafeHandleZeroOrMinusOneIsInvalid
{
    public ExtractedHandle(nint extracted) : base(ownsHandle: true) => SetHandle(extracted);

    protected override bool ReleaseHandle()
    {
        var extracted = handle;
        Capi.duckdb_destroy_extracted(&extracted);
        return true;
    }
}
