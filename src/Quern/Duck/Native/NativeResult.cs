using System.Runtime.InteropServices;

namespace Quern.Duck.Native;

/// <summary><c>duckdb_result</c>: passed by value and by address; only <see cref="Internal"/> means
/// something.</summary>
[StructLayout(LayoutKind.Sequential)]
struct NativeResult
{
    readonly ulong _columnCount;
    readonly ulong _rowCount;
    readonly ulong _rowsChanged;
    readonly nint _columns;
    readonly nint _errorMessage;

    /// <summary>The result proper; 0 when there is none.</summary>
    public readonly nint Internal;
}
