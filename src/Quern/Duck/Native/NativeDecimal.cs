using System.Runtime.InteropServices;

namespace Quern.Duck.Native;

/// <summary><c>duckdb_decimal</c>: precision, scale, unscaled value.</summary>
[StructLayout(LayoutKind.Sequential)]
readonly record struct NativeDecimal(byte Width, byte Scale, NativeHugeInt Value);
