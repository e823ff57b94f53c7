using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Quern.Folding.Kernel.Sums;

namespace Quern.Folding.Kernel.Tables;

/// <summary>The groups of a grain: in an array of all groups that there could be where that is small, else in a hash table.</summary>
/// <remarks>Between partitions it is empty, and all counts are 0.</remarks>
/// <param name="keys">How many keys the grain has.</param>
/// <param name="states">States of measures that a group has.</param>
sealed unsafe class GrainTable(int keys, int states) : IDisposable
{
    const int Least = 1024;

    readonly SlotTable _met = new();
    readonly MeasureState*[] _states = new MeasureState*[states];
    readonly Dictionary<int, ExactSum>?[] _odd = new Dictionary<int, ExactSum>?[states];
    ulong[] _order = [];
    int[] _slots = [];
    long* _counts;
    int _capacity;

    ~GrainTable() => Free();

    /// <summary>How groups are numbered.</summary>
    public KeyShape Shape { get; private set; } = null!;

    /// <summary>Slots are the numbers of groups.</summary>
    public bool IsDirect { get; private set; }

    /// <summary>Rows of each slot.</summary>
    public long* Counts => _counts;

    /// <summary>States of a measure by slot.</summary>
    public MeasureState* States(int state) => _states[state];

    /// <summary>Memory that is held, at most.</summary>
    public long Bytes => (_capacity * (long)(sizeof(long) + (states * sizeof(MeasureState)))) + _met.Bytes;

    /// <summary>Begins with no group.</summary>
    /// <param name="shape">How groups are numbered.</param>
    /// <param name="isDirect">There are few enough for an array.</param>
    public void Begin(KeyShape shape, bool isDirect)
    {
        (Shape, IsDirect) = (shape, isDirect);
        Reserve(isDirect ? (int)shape.Groups : Least);
    }

    /// <summary>The slots of the groups of some rows.</summary>
    /// <param name="codes">Codes of each key of the grain.</param>
    /// <param name="rows">How many rows.</param>
    /// <param name="slots">Their slots.</param>
    /// <param name="numbers">Room for a number for each row.</param>
    public void Locate(CodeColumns codes, int rows, int* slots, ulong* numbers)
    {
        if (IsDirect)
        {
            new Span<int>(slots, rows).Clear();
            for (var k = 0; k < keys; k++)
                if (!Shape.IsConstant(k)) Add(codes[k], Shape.First(k), (uint)Shape.Stride(k), (uint*)slots, rows);
            return;
        }
        new Span<ulong>(numbers, rows).Clear();
        for (var k = 0; k < keys; k++)
        {
            if (Shape.IsConstant(k)) continue;
            var (first, stride) = (Shape.First(k), Shape.Stride(k));
            var from = codes[k];
            for (var i = 0; i < rows; i++) numbers[i] += (from[i] - first) * stride;
        }
        for (var i = 0; i < rows; i++) slots[i] = Slot(numbers[i]);
    }

    /// <summary>The slot of a group.</summary>
    public int Slot(ulong group)
    {
        if (IsDirect) return (int)group;
        var slot = _met.Slot(group);
        if (slot >= _capacity) Reserve(Math.Max(slot + 1, _capacity * 2));
        return slot;
    }

    /// <summary>The number of the group in a slot.</summary>
    public ulong Group(int slot) => IsDirect ? (ulong)slot : _met.Groups[slot];

    /// <summary>Counts rows.</summary>
    public void Count(int* slots, int rows)
    {
        var counts = _counts;
        for (var i = 0; i < rows; i++) counts[slots[i]]++;
    }

    /// <summary>Adds values of a measure.</summary>
    public void Add(int state, int* slots, Amount* amounts, int count)
    {
        var states = _states[state];
        for (var i = 0; i < count; i++)
        {
            ref readonly var amount = ref amounts[i];
            var slot = slots[amount.Row];
            ref var to = ref states[slot];
            if (to.Count++ == 0)
            {
                (to.Low, to.High, to.Min, to.Max) = (amount.Low, amount.High, amount.Order, amount.Order);
                continue;
            }
            if (amount.Order < to.Min) to.Min = amount.Order;
            if (amount.Order > to.Max) to.Max = amount.Order;
            AddSum(ref to, amount.Low, amount.High, state, slot);
        }
    }

    /// <summary>Adds a double that <see cref="Quantum"/> does not take, of which the rest is in the state already.</summary>
    public void AddOdd(int state, int slot, double value) => Odd(state, slot).Add(value);

    /// <summary>Adds the group of another table.</summary>
    public void Merge(int slot, GrainTable from, int fromSlot)
    {
        _counts[slot] += from._counts[fromSlot];
        for (var s = 0; s < _states.Length; s++)
        {
            ref readonly var other = ref from._states[s][fromSlot];
            if (other.Count == 0) continue;
            ref var to = ref _states[s][slot];
            if (to.Count == 0)
            {
                to = other;
            }
            else
            {
                to.Count += other.Count;
                to.Min = Math.Min(to.Min, other.Min);
                to.Max = Math.Max(to.Max, other.Max);
                AddSum(ref to, other.Low, other.High, s, slot);
            }
            if (from._odd[s]?.GetValueOrDefault(fromSlot) is { } odd) Odd(s, slot).Add(odd);
        }
    }

    /// <summary>The sum of a group's doubles.</summary>
    public double Sum(int state, int slot)
    {
        ref readonly var of = ref _states[state][slot];
        if (_odd[state] is not { } all || !all.TryGetValue(slot, out var odd)) return Quantum.ToDouble(of.Low, of.High);
        var sum = new ExactSum();
        sum.Add(odd);
        sum.Add(of.Low, of.High);
        return sum.ToDouble();
    }

    /// <summary>Slots of all groups, in the order of their numbers.</summary>
    public ReadOnlySpan<int> Ordered()
    {
        var count = IsDirect ? Present() : _met.Count;
        if (IsDirect) return _slots.AsSpan(0, count);
        if (_slots.Length < count) _slots = new int[Math.Max(count, _slots.Length * 2)];
        if (_order.Length < count) _order = new ulong[_slots.Length];
        for (var i = 0; i < count; i++) (_order[i], _slots[i]) = (_met.Groups[i], i);
        MemoryExtensions.Sort(_order.AsSpan(0, count), _slots.AsSpan(0, count));
        return _slots.AsSpan(0, count);
    }

    /// <summary>Forgets all groups.</summary>
    /// <param name="slots">Those that there are.</param>
    public void Clear(ReadOnlySpan<int> slots)
    {
        foreach (var slot in slots)
        {
            _counts[slot] = 0;
            for (var s = 0; s < _states.Length; s++) _states[s][slot].Count = 0;
        }
        foreach (var odd in _odd) odd?.Clear();
        if (!IsDirect) _met.Clear();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _met.Dispose();
        Free();
        GC.SuppressFinalize(this);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    void AddSum(ref MeasureState to, ulong low, long high, int state, int slot)
    {
        var sum = to.Low + low;
        var carry = sum < low ? 1 : 0;
        var top = to.High + high + carry;
        // Both have one sign and the sum has the other: it does not fit.
        if (((to.High ^ top) & (high ^ top)) < 0)
        {
            var odd = Odd(state, slot);
            odd.Add(to.Low, to.High);
            (to.Low, to.High) = (low, high);
            return;
        }
        (to.Low, to.High) = (sum, top);
    }

    ExactSum Odd(int state, int slot)
    {
        var all = _odd[state] ??= [];
        return all.TryGetValue(slot, out var odd) ? odd : all[slot] = new ExactSum();
    }

    static void Add(uint* codes, uint first, uint stride, uint* slots, int rows)
    {
        var i = 0;
        var (less, times) = (Vector512.Create(first), Vector512.Create(stride));
        for (; i + Vector512<uint>.Count <= rows; i += Vector512<uint>.Count)
            (Vector512.Load(slots + i) + ((Vector512.Load(codes + i) - less) * times)).Store(slots + i);
        for (; i < rows; i++) slots[i] += (codes[i] - first) * stride;
    }

    int Present()
    {
        var (groups, count) = ((int)Shape.Groups, 0);
        if (_slots.Length < groups) _slots = new int[groups];
        fixed (int* slots = _slots)
        {
            var i = 0;
            for (; i + Vector512<long>.Count <= groups; i += Vector512<long>.Count)
            {
                var some = ~(uint)Vector512.Equals(Vector512.Load(_counts + i), Vector512<long>.Zero).ExtractMostSignificantBits() & 0xFF;
                for (; some != 0; some &= some - 1) slots[count++] = i + BitOperations.TrailingZeroCount(some);
            }
            for (; i < groups; i++)
                if (_counts[i] != 0) slots[count++] = i;
        }
        return count;
    }

    void Reserve(int capacity)
    {
        if (capacity <= _capacity) return;
        _counts = (long*)Enlarge(_counts, sizeof(long), capacity);
        for (var s = 0; s < _states.Length; s++) _states[s] = (MeasureState*)Enlarge(_states[s], sizeof(MeasureState), capacity);
        _capacity = capacity;
    }

    // Zeroed by the system, so that what is not touched takes no memory.
    void* Enlarge(void* memory, int size, int capacity)
    {
        var larger = NativeMemory.AllocZeroed((nuint)capacity, (nuint)size);
        if (memory is not null) Buffer.MemoryCopy(memory, larger, (long)capacity * size, (long)_capacity * size);
        NativeMemory.Free(memory);
        return larger;
    }

    void Free()
    {
        NativeMemory.Free(_counts);
        foreach (var states in _states) NativeMemory.Free(states);
        Array.Clear(_states);
        _counts = null;
    }
}
