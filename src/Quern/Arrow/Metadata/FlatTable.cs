using System.Buffers.Binary;
using System.Text;

namespace Quern.Arrow.Metadata;

/// <summary>A table in a FlatBuffers message of unknown origin: every read is checked against its bounds.</summary>
/// <remarks>Source: as of <see cref="FlatWriter"/>. References only lead forward, so there are no circles; who walks
/// children limits how many and how deep. All methods throw <see cref="InvalidDataException"/> for what leads outside
/// of the message.</remarks>
readonly ref struct FlatTable
{
    const int OffsetBytes = 4;

    readonly ReadOnlySpan<byte> _bytes;
    readonly int _at;
    readonly int _vtable;
    readonly int _vtableBytes;

    FlatTable(ReadOnlySpan<byte> bytes, int at)
    {
        _bytes = bytes;
        _at = at;
        _vtable = Checked(at - (long)Int(bytes, at));
        _vtableBytes = Short(bytes, _vtable) & 0xFFFF;
        Slice(bytes, _vtable, _vtableBytes);
    }

    /// <summary>The table that holds all others.</summary>
    public static FlatTable Root(ReadOnlySpan<byte> message) => new(message, Follow(message, 0));

    /// <summary>True when a field is there.</summary>
    public bool Has(int slot) => Find(slot) != 0;

    /// <summary>A field of one byte.</summary>
    public byte Byte(int slot, byte otherwise = 0) => Find(slot) is not 0 and var at ? Slice(_bytes, at, 1)[0] : otherwise;

    /// <summary>A field of two bytes.</summary>
    public short Short(int slot, short otherwise = 0) => Find(slot) is not 0 and var at ? Short(_bytes, at) : otherwise;

    /// <summary>A field of four bytes.</summary>
    public int Int(int slot, int otherwise = 0) => Find(slot) is not 0 and var at ? Int(_bytes, at) : otherwise;

    /// <summary>A field of eight bytes.</summary>
    public long Long(int slot, long otherwise = 0) => Find(slot) is not 0 and var at
        ? BinaryPrimitives.ReadInt64LittleEndian(Slice(_bytes, at, sizeof(long)))
        : otherwise;

    /// <summary>A text; null when it is not there.</summary>
    public string? Text(int slot)
    {
        if (Find(slot) is not (not 0 and var at)) return null;
        var place = Follow(_bytes, at);
        return Encoding.UTF8.GetString(Slice(_bytes, place + OffsetBytes, Int(_bytes, place)));
    }

    /// <summary>A table that must be there.</summary>
    /// <param name="slot">Its field.</param>
    /// <param name="name">What it is called when it is missing.</param>
    public FlatTable Table(int slot, string name) => Find(slot) is not 0 and var at
        ? new FlatTable(_bytes, Follow(_bytes, at))
        : throw new InvalidDataException($"the metadata has no {name}");

    /// <summary>Tables of a list; 0 when it is not there.</summary>
    public int Count(int slot) => Find(slot) is not 0 and var at ? CountAt(Follow(_bytes, at), OffsetBytes) : 0;

    /// <summary>A table of a list, by position below <see cref="Count"/>.</summary>
    public FlatTable Item(int slot, int index)
    {
        var list = Follow(_bytes, Find(slot));
        return new FlatTable(_bytes, Follow(_bytes, list + OffsetBytes + (index * OffsetBytes)));
    }

    /// <summary>Structs of a list, as they lie there; empty when it is not there.</summary>
    /// <param name="slot">Its field.</param>
    /// <param name="size">Bytes of a struct.</param>
    public ReadOnlySpan<byte> Structs(int slot, int size)
    {
        if (Find(slot) is not (not 0 and var at)) return default;
        var list = Follow(_bytes, at);
        return Slice(_bytes, list + OffsetBytes, CountAt(list, size) * size);
    }

    int CountAt(int list, int itemBytes)
    {
        var count = Int(_bytes, list);
        if (count < 0 || (long)count * itemBytes > _bytes.Length - list - OffsetBytes) throw Outside();
        return count;
    }

    int Find(int slot)
    {
        var entry = (slot + 2) * sizeof(short);
        if (entry + sizeof(short) > _vtableBytes) return 0;
        var offset = Short(_bytes, _vtable + entry) & 0xFFFF;
        return offset == 0 ? 0 : Checked(_at + (long)offset);
    }

    static int Follow(ReadOnlySpan<byte> bytes, int at) => Checked(at + (long)(uint)Int(bytes, at));

    static short Short(ReadOnlySpan<byte> bytes, int at) => BinaryPrimitives.ReadInt16LittleEndian(Slice(bytes, at, sizeof(short)));

    static int Int(ReadOnlySpan<byte> bytes, int at) => BinaryPrimitives.ReadInt32LittleEndian(Slice(bytes, at, sizeof(int)));

    static ReadOnlySpan<byte> Slice(ReadOnlySpan<byte> bytes, int at, int count) =>
        at >= 0 && count >= 0 && at <= bytes.Length - count ? bytes.Slice(at, count) : throw Outside();

    static int Checked(long place) => place is >= 0 and <= int.MaxValue ? (int)place : throw Outside();

    static InvalidDataException Outside() => new("the metadata refers to something outside of itself");
}
