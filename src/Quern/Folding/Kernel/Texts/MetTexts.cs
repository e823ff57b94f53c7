using System.Runtime.InteropServices;
using Quern.Chunks;
using Quern.Folding.Kernel.Lanes;

namespace Quern.Folding.Kernel.Texts;

/// <summary>The texts of one partition, numbered as they are met and then by their hashes.</summary>
/// <remarks>A table whose places follow the hashes: read from its beginning, it is almost in order.</remarks>
sealed unsafe class MetTexts : IDisposable
{
    const int LeastBits = 8;

    readonly TextArena _arena = new();
    readonly List<Text> _texts = [];
    Slot* _slots;
    long _capacity;
    int _bits;
    uint[] _order = [];
    uint[] _ordered = [];

    ~MetTexts() => NativeMemory.Free(_slots);

    /// <summary>Begins with no text.</summary>
    /// <param name="rows">How many there are at most.</param>
    public void Begin(long rows)
    {
        _arena.Clear();
        _texts.Clear();
        _bits = LeastBits;
        while (1L << _bits < rows * 2) _bits++;
        // Behind the last place there is room for those that find theirs taken.
        var capacity = (1L << _bits) + rows + 1;
        if (capacity > _capacity)
        {
            NativeMemory.Free(_slots);
            _slots = (Slot*)NativeMemory.Alloc((nuint)capacity, (nuint)sizeof(Slot));
            _capacity = capacity;
        }
        NativeMemory.Clear(_slots, (nuint)(capacity * sizeof(Slot)));
    }

    /// <summary>The number of a text.</summary>
    public uint Number(byte* bytes, int length)
    {
        var text = new Text(bytes, length);
        var hash = TextHash.Of(text);
        for (var at = (hash << HashedTexts.PartitionBits) >> (64 - _bits); ; at++)
        {
            var slot = _slots + at;
            if (slot->Number == 0)
            {
                *slot = new Slot { Hash = hash, Number = (uint)_texts.Count + 1 };
                _texts.Add(Keep(text));
                return slot->Number - 1;
            }
            if (slot->Hash == hash && _texts[(int)slot->Number - 1].Bytes.SequenceEqual(text.Bytes)) return slot->Number - 1;
        }
    }

    /// <summary>For each number the place of its text in the order of the hashes.</summary>
    public uint[] Order()
    {
        var count = _texts.Count;
        if (_order.Length < count) (_order, _ordered) = (new uint[count * 2], new uint[count * 2]);
        var hashes = new ulong[count];
        var found = 0;
        for (var at = 0L; found < count; at++)
        {
            if (_slots[at].Number == 0) continue;
            var (slot, place) = (_slots[at], found++);
            for (; place > 0 && IsBefore(slot, hashes[place - 1], _ordered[place - 1]); place--)
                (hashes[place], _ordered[place]) = (hashes[place - 1], _ordered[place - 1]);
            (hashes[place], _ordered[place]) = (slot.Hash, slot.Number - 1);
        }
        for (var place = 0; place < count; place++) _order[_ordered[place]] = (uint)place;
        return _order;
    }

    /// <summary>All texts in that order, and where each ends.</summary>
    public (byte[] Bytes, int[] Ends) Texts()
    {
        var ends = new int[_texts.Count];
        var length = 0;
        for (var place = 0; place < ends.Length; place++) ends[place] = length += _texts[(int)_ordered[place]].Length;
        var bytes = new byte[length];
        for (var place = 0; place < ends.Length; place++)
        {
            var text = _texts[(int)_ordered[place]];
            text.Bytes.CopyTo(bytes.AsSpan(ends[place] - text.Length));
        }
        return (bytes, ends);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        NativeMemory.Free(_slots);
        _slots = null;
        _arena.Dispose();
        GC.SuppressFinalize(this);
    }

    bool IsBefore(in Slot slot, ulong hash, uint other) => slot.Hash < hash
        || (slot.Hash == hash && _texts[(int)slot.Number - 1].Bytes.SequenceCompareTo(_texts[(int)other].Bytes) < 0);

    Text Keep(in Text text)
    {
        if (text.Length <= Text.InlineBytes) return text;
        var to = _arena.Take(text.Length);
        text.Bytes.CopyTo(new(to, text.Length));
        return new Text(to, text.Length);
    }

    /// <summary>A text's hash and its number plus 1; 0 for none.</summary>
    struct Slot
    {
        public ulong Hash;
        public uint Number;
    }
}
