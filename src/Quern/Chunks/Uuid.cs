namespace Quern.Chunks;

/// <summary>A UUID as it lies in a vector: big-endian number with the top bit flipped, so that signed order is text
/// order.</summary>
/// <param name="Bits">As stored.</param>
public readonly record struct Uuid(Int128 Bits)
{
    static Int128 TopBit => Int128.MinValue;

    /// <summary>Stores a <see cref="Guid"/>.</summary>
    public static Uuid From(Guid guid)
    {
        Span<byte> bytes = stackalloc byte[16];
        guid.TryWriteBytes(bytes, bigEndian: true, out _);
        return new Uuid(System.Buffers.Binary.BinaryPrimitives.ReadInt128BigEndian(bytes) ^ TopBit);
    }

    /// <summary>The same value as a <see cref="Guid"/>.</summary>
    public Guid ToGuid()
    {
        Span<byte> bytes = stackalloc byte[16];
        System.Buffers.Binary.BinaryPrimitives.WriteInt128BigEndian(bytes, Bits ^ TopBit);
        return new Guid(bytes, bigEndian: true);
    }
}
