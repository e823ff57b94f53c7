using System.Buffers.Binary;

namespace Quern.Delivery.Parquet.Writing;

/// <summary>Whole numbers as they are.</summary>
readonly struct Int32Form : IForm<int, int>
{
    public static bool IsSame => true;

    public static bool IsWhole => true;

    public static int Of(int value) => value;

    public static bool IsLess(int a, int b) => a < b;
}

/// <summary>Whole numbers without a sign as they are.</summary>
readonly struct UInt32Form : IForm<uint, uint>
{
    public static bool IsSame => true;

    public static bool IsWhole => true;

    public static uint Of(uint value) => value;

    public static bool IsLess(uint a, uint b) => a < b;
}

/// <summary>Whole numbers as they are.</summary>
readonly struct Int64Form : IForm<long, long>
{
    public static bool IsSame => true;

    public static bool IsWhole => true;

    public static long Of(long value) => value;

    public static bool IsLess(long a, long b) => a < b;
}

/// <summary>Whole numbers without a sign as they are.</summary>
readonly struct UInt64Form : IForm<ulong, ulong>
{
    public static bool IsSame => true;

    public static bool IsWhole => true;

    public static ulong Of(ulong value) => value;

    public static bool IsLess(ulong a, ulong b) => a < b;
}

/// <summary>Small whole numbers, which the format keeps in 32 bits.</summary>
readonly struct SmallForm : IForm<sbyte, int>, IForm<short, int>, IForm<byte, int>, IForm<ushort, int>
{
    static bool IForm<sbyte, int>.IsWhole => true;

    static bool IForm<short, int>.IsWhole => true;

    static bool IForm<byte, int>.IsWhole => true;

    static bool IForm<ushort, int>.IsWhole => true;

    public static int Of(sbyte value) => value;

    public static int Of(short value) => value;

    public static int Of(byte value) => value;

    public static int Of(ushort value) => value;

    public static bool IsLess(int a, int b) => a < b;
}

/// <summary>Seconds as microseconds; infinite moments stay so.</summary>
readonly struct SecondsForm : IForm<long, long>
{
    const long MicrosPerSecond = 1_000_000;

    public static bool IsWhole => true;

    public static long Of(long value) => value is long.MaxValue or -long.MaxValue ? value : checked(value * MicrosPerSecond);

    public static bool IsLess(long a, long b) => a < b;
}

/// <summary>Floating point numbers as they are, told apart by their bits.</summary>
readonly struct FloatForm : IForm<uint, uint>
{
    public static bool IsSame => true;

    public static bool IsReal => true;

    public static uint Of(uint value) => value;

    public static bool IsLess(uint a, uint b) => Real(a) < Real(b);

    public static bool IsUnordered(uint value) => float.IsNaN(Real(value));

    /// <summary>Zero may stand for either of the two.</summary>
    public static uint Least(uint value) => Real(value) == 0 ? BitConverter.SingleToUInt32Bits(-0f) : value;

    public static uint Most(uint value) => Real(value) == 0 ? 0 : value;

    static float Real(uint value) => BitConverter.UInt32BitsToSingle(value);
}

/// <summary>Floating point numbers as they are, told apart by their bits.</summary>
readonly struct DoubleForm : IForm<ulong, ulong>
{
    public static bool IsSame => true;

    public static bool IsReal => true;

    public static ulong Of(ulong value) => value;

    public static bool IsLess(ulong a, ulong b) => Real(a) < Real(b);

    public static bool IsUnordered(ulong value) => double.IsNaN(Real(value));

    /// <summary>Zero may stand for either of the two.</summary>
    public static ulong Least(ulong value) => Real(value) == 0 ? BitConverter.DoubleToUInt64Bits(-0d) : value;

    public static ulong Most(ulong value) => Real(value) == 0 ? 0 : value;

    static double Real(ulong value) => BitConverter.UInt64BitsToDouble(value);
}

/// <summary>Decimals of more than 18 digits, the highest byte first.</summary>
readonly struct DecimalForm : IForm<Int128, UInt128>
{
    public static UInt128 Of(Int128 value) => BinaryPrimitives.ReverseEndianness((UInt128)value);

    public static bool IsLess(UInt128 a, UInt128 b) =>
        (Int128)BinaryPrimitives.ReverseEndianness(a) < (Int128)BinaryPrimitives.ReverseEndianness(b);
}

/// <summary>UUIDs, the byte first that is written first; chunks have their top bit flipped.</summary>
readonly struct UuidForm : IForm<UInt128, UInt128>
{
    static UInt128 TopBit => UInt128.One << 127;

    public static UInt128 Of(UInt128 value) => BinaryPrimitives.ReverseEndianness(value ^ TopBit);

    public static bool IsLess(UInt128 a, UInt128 b) => BinaryPrimitives.ReverseEndianness(a) < BinaryPrimitives.ReverseEndianness(b);
}
