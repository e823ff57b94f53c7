namespace Quern.Duck.Native;

/// <summary><c>duckdb_state</c>.</summary>
enum NativeState
{
    /// <summary>Done.</summary>
    Success = 0,

    /// <summary>Failed; the object that was called has the message.</summary>
    Error = 1,
}
