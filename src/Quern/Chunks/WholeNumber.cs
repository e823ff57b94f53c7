namespace Quern.Chunks;

/// <summary>Reads whole numbers, unscaled decimals and enum indexes of any width.</summary>
static class WholeNumber
{
    public static Int128 Read(Vector vector, int row) => vector.Type.Kind switch
    {
        TypeKind.UTinyInt => vector.Values<byte>()[row],
        TypeKind.USmallInt => vector.Values<ushort>()[row],
        TypeKind.UInteger => vector.Values<uint>()[row],
        TypeKind.UBigInt => vector.Values<ulong>()[row],
        TypeKind.Enum => vector.Type.Width switch
        {
            1 => vector.Values<byte>()[row],
            2 => vector.Values<ushort>()[row],
            _ => vector.Values<uint>()[row],
        },
        _ => vector.Type.Width switch
        {
            1 => vector.Values<sbyte>()[row],
            2 => vector.Values<short>()[row],
            4 => vector.Values<int>()[row],
            8 => vector.Values<long>()[row],
            _ => vector.Values<Int128>()[row],
        },
    };
}
