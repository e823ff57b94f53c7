using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Quern.Folding.Kernel.Tables;

/// <summary>Which slot a group has that was met: groups are numbers, slots count up from 0.</summary>
sealed unsafe class SlotTable : IDisposable
{
    const int FirstCapacity = 1 << 10;
    const ulong Factor = 0x9E3779B97F4A7C15;

    Entry* _entries = (Entry*)NativeMemory.AllocZeroed(FirstCapacity, (nuint)sizeof(Entry));
    ulong* _groups = (ulong*)NativeMemory.Alloc(FirstCapacity / 2 * sizeof(ulong));
    int _shift = 64 - 10;

    ~SlotTable() => Free();

    /// <summary>Groups that were met.</summary>
    public int Count { get; private set; }

    /// <summary>The groups by slot.</summary>
    public ulong* Groups => _groups;

    /// <summary>Memory of the table.</summary>
    public long Bytes => (Capacity * (long)sizeof(Entry)) + (Capacity / 2 * sizeof(ulong));

    /// <summary>The slot of a group.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int Slot(ulong group)
    {
        var mask = Capacity - 1;
        for (var at = (int)((group * Factor) >> _shift); ; at = (at + 1) & mask)
        {
            var entry = _entries + at;
            if (entry->Slot == 0) return Add(group, at);
            if (entry->Group == group) return entry->Slot - 1;
        }
    }

    /// <summary>Forgets all groups.</summary>
    public void Clear()
    {
        if (Count > Capacity / 64)
        {
            NativeMemory.Clear(_entries, (nuint)(Capacity * (long)sizeof(Entry)));
        }
        else
        {
            for (var slot = 0; slot < Count; slot++) Forget(_groups[slot]);
        }
        Count = 0;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Free();
        GC.SuppressFinalize(this);
    }

    int Capacity => 1 << (64 - _shift);

    [MethodImpl(MethodImplOptions.NoInlining)]
    int Add(ulong group, int at)
    {
        if ((Count + 1) * 2 > Capacity)
        {
            Grow();
            return Slot(group);
        }
        _entries[at] = new Entry { Group = group, Slot = Count + 1 };
        _groups[Count] = group;
        return Count++;
    }

    void Forget(ulong group)
    {
        var mask = Capacity - 1;
        var at = (int)((group * Factor) >> _shift);
        while (_entries[at].Slot == 0 || _entries[at].Group != group) at = (at + 1) & mask;
        _entries[at].Slot = 0;
    }

    void Grow()
    {
        NativeMemory.Free(_entries);
        _shift--;
        _entries = (Entry*)NativeMemory.AllocZeroed((nuint)Capacity, (nuint)sizeof(Entry));
        _groups = (ulong*)NativeMemory.Realloc(_groups, (nuint)(Capacity / 2 * (long)sizeof(ulong)));
        var mask = Capacity - 1;
        for (var slot = 0; slot < Count; slot++)
        {
            var at = (int)((_groups[slot] * Factor) >> _shift);
            while (_entries[at].Slot != 0) at = (at + 1) & mask;
            _entries[at] = new Entry { Group = _groups[slot], Slot = slot + 1 };
        }
    }

    void Free()
    {
        NativeMemory.Free(_entries);
        NativeMemory.Free(_groups);
        _entries = null;
        _groups = null;
    }

    /// <summary>A group and its slot plus 1; 0 for none.</summary>
    struct Entry
    {
        public ulong Group;
        public int Slot;
    }
}
