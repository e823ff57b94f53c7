using System.Buffers.Binary;
using System.Text;

namespace Quern.Arrow.Metadata;

/// <summary>Builds one FlatBuffers message, from its last byte to its first, children before their parents.</summary>
/// <remarks>Source: the FlatBuffers internals page (tables, vtables, vectors, strings; little-endian; scalars aligned to their
/// size counted from the end, which is a multiple of 8). A place is the distance of an object's first byte from the
/// end.</remarks>
sealed class FlatWriter
{
    const int OffsetBytes = 4;
    const int LargestAlignment = 8;

    // Places of a table's fields, 0 for those that keep their default; no table of Arrow's has more.
    readonly int[] _slots = new int[8];
    byte[] _bytes = new byte[1024];
    int _used;
    int _tableEnd;
    int _slotCount;

    /// <summary>Forgets what was built; the memory is used again.</summary>
    public void Clear() => _used = 0;

    /// <summary>Writes a text.</summary>
    public int Text(string text)
    {
        var length = Encoding.UTF8.GetByteCount(text);
        Prepare(OffsetBytes, length + 1);
        Take(1)[0] = 0;
        Encoding.UTF8.GetBytes(text, Take(length));
        Int(length);
        return _used;
    }

    /// <summary>Writes a list of tables or texts, given by their places.</summary>
    public int Places(ReadOnlySpan<int> places)
    {
        Prepare(OffsetBytes, OffsetBytes * places.Length);
        for (var i = places.Length - 1; i >= 0; i--) Place(places[i]);
        Int(places.Length);
        return _used;
    }

    /// <summary>Writes a list of structs that consist of whole numbers of 8 bytes.</summary>
    /// <param name="values">All numbers, struct by struct.</param>
    /// <param name="perItem">Numbers of a struct.</param>
    public int Structs(ReadOnlySpan<long> values, int perItem)
    {
        Prepare(OffsetBytes, sizeof(long) * values.Length);
        Prepare(sizeof(long), sizeof(long) * values.Length);
        for (var i = values.Length - 1; i >= 0; i--) BinaryPrimitives.WriteInt64LittleEndian(Take(sizeof(long)), values[i]);
        Int(values.Length / perItem);
        return _used;
    }

    /// <summary>Begins a table; only scalars and places go into it until <see cref="EndTable"/>.</summary>
    /// <param name="slots">Fields that its schema has.</param>
    public void BeginTable(int slots)
    {
        _slotCount = slots;
        _tableEnd = _used;
        Array.Clear(_slots);
    }

    /// <summary>A field of one byte.</summary>
    public void Byte(int slot, byte value)
    {
        Prepare(sizeof(byte), 0);
        Take(1)[0] = value;
        _slots[slot] = _used;
    }

    /// <summary>A field of two bytes.</summary>
    public void Short(int slot, short value)
    {
        Prepare(sizeof(short), 0);
        BinaryPrimitives.WriteInt16LittleEndian(Take(sizeof(short)), value);
        _slots[slot] = _used;
    }

    /// <summary>A field of four bytes.</summary>
    public void Int(int slot, int value)
    {
        Prepare(sizeof(int), 0);
        Int(value);
        _slots[slot] = _used;
    }

    /// <summary>A field of eight bytes.</summary>
    public void Long(int slot, long value)
    {
        Prepare(sizeof(long), 0);
        BinaryPrimitives.WriteInt64LittleEndian(Take(sizeof(long)), value);
        _slots[slot] = _used;
    }

    /// <summary>A field that refers to a table, a list or a text.</summary>
    public void Place(int slot, int place)
    {
        Prepare(OffsetBytes, 0);
        Place(place);
        _slots[slot] = _used;
    }

    /// <summary>Writes the table's head; returns its place.</summary>
    public int EndTable()
    {
        Prepare(OffsetBytes, 0);
        Int(0);
        var table = _used;
        for (var slot = _slotCount - 1; slot >= 0; slot--) VtableEntry(_slots[slot] == 0 ? 0 : table - _slots[slot]);
        VtableEntry(table - _tableEnd);
        VtableEntry((_slotCount + 2) * sizeof(short));
        BinaryPrimitives.WriteInt32LittleEndian(_bytes.AsSpan(_bytes.Length - table), _used - table);
        return table;
    }

    /// <summary>Ends the message with the table that holds all others.</summary>
    /// <returns>The message, a multiple of 8 bytes; valid until the next one is begun.</returns>
    public ReadOnlySpan<byte> Finish(int root)
    {
        Prepare(LargestAlignment, OffsetBytes);
        Place(root);
        return _bytes.AsSpan(_bytes.Length - _used);
    }

    void Place(int place) => Int(_used + OffsetBytes - place);

    void Int(int value) => BinaryPrimitives.WriteInt32LittleEndian(Take(OffsetBytes), value);

    void VtableEntry(int value) => BinaryPrimitives.WriteInt16LittleEndian(Take(sizeof(short)), (short)value);

    /// <summary>Pads so that, once <paramref name="following"/> bytes are written, the place is a multiple of a
    /// size.</summary>
    void Prepare(int size, int following) => Take(-(_used + following) & (size - 1)).Clear();

    Span<byte> Take(int count)
    {
        if (_bytes.Length - _used < count)
        {
            var grown = new byte[Math.Max(_bytes.Length * 2, _bytes.Length + count)];
            _bytes.AsSpan(_bytes.Length - _used).CopyTo(grown.AsSpan(grown.Length - _used));
            _bytes = grown;
        }
        _used += count;
        return _bytes.AsSpan(_bytes.Length - _used, count);
    }
}
