using System.Runtime.InteropServices;

namespace Quern.Duck.Native;

/// <summary>Copies texts out of the C interface.</summary>
static unsafe class NativeText
{
    /// <summary>A text that DuckDB keeps; empty for null.</summary>
    public static string Read(byte* text) => Marshal.PtrToStringUTF8((nint)text) ?? "";

    /// <summary>A text that DuckDB handed over: read, then freed; null for null.</summary>
    public static string? Take(byte* text)
    {
        if (text is null) return null;
        var copy = Read(text);
        Capi.duckdb_free(text);
        return copy;
    }
}
