using System.Numerics;
using Quern.Rollups.Store;

namespace Quern.Rollups.Answering;

/// <summary>Numbers the groups of a query: by arithmetic where the combinations of its keys are few, else with a hash table.</summary>
sealed class GroupSlots
{
    /// <summary>Combinations up to which a table with a place for each is small, whatever is read: 2^16.</summary>
    const ulong FewCombinations = 1 << 16;

    /// <summary>Combinations up to which such a table may have four places for each row that is read: 2^22.</summary>
    const ulong MostCombinations = 1 << 22;

    const ulong Golden = 0x9E3779B97F4A7C15;

    readonly IReadOnlyList<TermMap> _maps;
    readonly uint[] _first;
    readonly ulong[] _strides;
    readonly bool _isDense;
    ulong[] _combinations = [];
    int[] _table = [];
    int _count;

    /// <summary>Prepares for what the filters leave of each key.</summary>
    /// <param name="maps">How the grain gives the keys of the query.</param>
    /// <param name="filters">For each key of the grain the codes that are left; null for all.</param>
    /// <param name="rowsToRead">About how many rows come.</param>
    public GroupSlots(IReadOnlyList<TermMap> maps, IReadOnlyList<CodeSet?> filters, long rowsToRead)
    {
        _maps = maps;
        _first = new uint[maps.Count];
        _strides = new ulong[maps.Count];
        var combinations = 1UL;
        for (var i = maps.Count - 1; i >= 0; i--)
        {
            var left = filters[maps[i].Key];
            var (low, high) = left is null ? (0, maps[i].From.Count) : left.IsEmpty ? (0, 0) : (left.First, left.Last);
            _first[i] = maps[i][low];
            _strides[i] = combinations;
            combinations *= (ulong)maps[i][high] - _first[i] + 1;
        }
        _isDense = combinations <= FewCombinations || combinations <= MostCombinations && combinations / 4 <= (ulong)rowsToRead;
        if (_isDense) _count = (int)combinations;
        else Resize(1 << 12);
    }

    /// <summary>Groups so far; where all have a place, all places.</summary>
    public int Count => _count;

    /// <summary>Finds the groups of the rows that are left.</summary>
    public void Find(GrainBlock block, KeyBatch batch)
    {
        var slots = batch.Slots.AsSpan(0, batch.Count);
        var rows = batch.Rows.AsSpan(0, batch.Count);
        if (_isDense)
        {
            slots.Clear();
            for (var k = 0; k < _maps.Count; k++) AddDense(batch.Codes(block, _maps[k].Key), k, rows, slots);
            return;
        }
        Span<ulong> combinations = stackalloc ulong[KeyBatch.Capacity];
        combinations = combinations[..rows.Length];
        combinations.Clear();
        for (var k = 0; k < _maps.Count; k++)
        {
            var codes = batch.Codes(block, _maps[k].Key);
            var (stride, first, map) = (_strides[k], _first[k], _maps[k].IsSame ? null : _maps[k].Codes);
            for (var i = 0; i < rows.Length; i++)
            {
                var code = codes[rows[i]];
                combinations[i] += ((map is null ? code : map[code]) - first) * stride;
            }
        }
        for (var i = 0; i < slots.Length; i++) slots[i] = Slot(combinations[i]);
    }

    /// <summary>The code of a key of the query in a group.</summary>
    public uint Code(int key, int slot)
    {
        var combination = _isDense ? (ulong)slot : _combinations[slot];
        if (key > 0) combination %= _strides[key - 1];
        return (uint)(combination / _strides[key]) + _first[key];
    }

    /// <summary>Groups in ascending order of their keys.</summary>
    public void Sort(int[] slots)
    {
        if (!_isDense) Array.Sort(Array.ConvertAll(slots, s => _combinations[s]), slots);
    }

    void AddDense(ReadOnlySpan<uint> codes, int key, ReadOnlySpan<int> rows, Span<int> slots)
    {
        var (stride, first) = ((int)_strides[key], _first[key]);
        if (_maps[key].IsSame)
        {
            for (var i = 0; i < rows.Length; i++) slots[i] += (int)(codes[rows[i]] - first) * stride;
            return;
        }
        var map = _maps[key].Codes;
        for (var i = 0; i < rows.Length; i++) slots[i] += (int)(map[codes[rows[i]]] - first) * stride;
    }

    int Slot(ulong combination)
    {
        var mask = _table.Length - 1;
        var at = (int)((combination * Golden) >> (64 - BitOperations.Log2((uint)_table.Length)));
        while (true)
        {
            var slot = _table[at] - 1;
            if (slot < 0) break;
            if (_combinations[slot] == combination) return slot;
            at = (at + 1) & mask;
        }
        _combinations[_count] = combination;
        _table[at] = ++_count;
        if (_count * 2 > _table.Length) Resize(_table.Length * 4);
        return _count - 1;
    }

    void Resize(int size)
    {
        _table = new int[size];
        Array.Resize(ref _combinations, (size / 2) + 1);
        for (var slot = 0; slot < _count; slot++)
        {
            var at = (int)((_combinations[slot] * Golden) >> (64 - BitOperations.Log2((uint)size)));
            while (_table[at] != 0) at = (at + 1) & (size - 1);
            _table[at] = slot + 1;
        }
    }
}
