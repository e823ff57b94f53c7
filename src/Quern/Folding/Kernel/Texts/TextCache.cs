using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Quern.Chunks;
using Quern.Folding.Kernel.Lanes;

namespace Quern.Folding.Kernel.Texts;

/// <summary>The numbers of texts that one thread has met: each other thread's text is asked for once.</summary>
/// <param name="numbers">All texts.</param>
sealed unsafe class TextCache(TextNumbers numbers) : IDisposable
{
    const int FirstSlots = 256;

    Slot* _slots = (Slot*)NativeMemory.AllocZeroed((nuint)(FirstSlots * sizeof(Slot)));
    int _mask = FirstSlots - 1;
    int _count;

    ~TextCache() => NativeMemory.Free(_slots);

    /// <summary>The numbers of the texts of a lane.</summary>
    /// <param name="lane">The texts.</param>
    /// <param name="rows">How many.</param>
    /// <param name="to">Their numbers; any for NULL.</param>
    public void Numbers(Lane lane, int rows, long* to)
    {
        var texts = lane.Texts;
        for (var row = 0; row < rows; row++)
        {
            if (lane.HasNulls && lane.IsNull(row)) to[row] = 0;
            else to[row] = texts[row].Length <= Text.InlineBytes ? Short(texts + row) : Long(texts + row);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        NativeMemory.Free(_slots);
        _slots = null;
        GC.SuppressFinalize(this);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    uint Short(Text* text)
    {
        var hash = TextHash.Short(*text);
        var (first, second) = (((ulong*)text)[0], ((ulong*)text)[1]);
        for (var at = (int)hash & _mask; ; at = (at + 1) & _mask)
        {
            var slot = _slots + at;
            if (slot->Number == 0) return Add(text, hash);
            if (slot->First == first && slot->Second == second) return slot->Number - 1;
        }
    }

    uint Long(Text* text)
    {
        var hash = TextHash.Long(text->First, text->Length);
        for (var at = (int)hash & _mask; ; at = (at + 1) & _mask)
        {
            var slot = _slots + at;
            if (slot->Number == 0) return Add(text, hash);
            if (slot->Hash == hash && ((Text*)&slot->First)->Bytes.SequenceEqual(text->Bytes)) return slot->Number - 1;
        }
    }

    uint Add(Text* text, ulong hash)
    {
        var number = numbers.Number(*text, hash, out var kept);
        if ((_count + 1) * 2 > _mask) Grow();
        _count++;
        Put(new Slot { First = ((ulong*)&kept)[0], Second = ((ulong*)&kept)[1], Hash = hash, Number = number + 1 });
        return number;
    }

    void Grow()
    {
        var old = _slots;
        var count = _mask + 1;
        _slots = (Slot*)NativeMemory.AllocZeroed((nuint)count * 2, (nuint)sizeof(Slot));
        _mask = (count * 2) - 1;
        for (var i = 0; i < count; i++)
            if (old[i].Number != 0) Put(old[i]);
        NativeMemory.Free(old);
    }

    void Put(in Slot slot)
    {
        var at = (int)slot.Hash & _mask;
        while (_slots[at].Number != 0) at = (at + 1) & _mask;
        _slots[at] = slot;
    }

    /// <summary>A text, in place or elsewhere, and its number plus 1; 0 for none.</summary>
    struct Slot
    {
        public ulong First;
        public ulong Second;
        public ulong Hash;
        public uint Number;
    }
}
