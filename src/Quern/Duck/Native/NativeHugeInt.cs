using System.Runtime.InteropServices;

namespace Quern.Duck.Native;

/// <summary><c>duckdb_hugeint</c> and <c>duckdb_uhugeint</c>; .NET's Int128 has the same bytes but another calling
/// convention.</summary>
[StructLayout(LayoutKind.Sequential)]
readonly record struct NativeHugeInt(ulong Lower, ulong Upper)
{
    public NativeHugeInt(UInt128 value) : this((ulong)value, (ulong)(value >> 64))
    {
    }

    public NativeHugeInt(Int128 value) : this((UInt128)value)
    {
    }

    public UInt128 Unsigned => new(Upper, Lower);

    public Int128 Signed => (Int128)Unsigned;
}
