using Quern.Folding.Declared;
using Quern.Folding.Kernel.Sums;
using Quern.Folding.Kernel.Tables;
using Quern.Folding.Planning;
using Quern.Folding.Results;

namespace Quern.Folding.Kernel;

/// <summary>Arrays in which one thread hands on groups of a grain.</summary>
sealed unsafe class GrainOutput
{
    /// <summary>Groups that are handed on at once.</summary>
    public const int Capacity = 4096;

    readonly StatePlan[] _states;
    readonly uint[][] _keys;
    readonly long[] _counts = new long[Capacity];
    readonly MeasureRows[] _measures;

    /// <summary>Arrays for a grain.</summary>
    public GrainOutput(FoldPlan plan, GrainPlan grain, StatePlan[] states)
    {
        _states = states;
        _keys = [.. grain.Keys.Select(_ => GC.AllocateUninitializedArray<uint>(Capacity, pinned: true))];
        _measures = [.. plan.Measures.Select(Measure)];
    }

    /// <summary>Codes of a key.</summary>
    public uint[] Keys(int key) => _keys[key];

    /// <summary>Writes groups into the arrays.</summary>
    /// <param name="table">Their table.</param>
    /// <param name="slots">Which ones, at most <see cref="Capacity"/>.</param>
    public GrainRows Fill(GrainTable table, ReadOnlySpan<int> slots)
    {
        Number(table, slots);
        for (var i = 0; i < slots.Length; i++) _counts[i] = table.Counts[slots[i]];
        for (var s = 0; s < _states.Length; s++)
        {
            var rows = _measures[_states[s].Measure];
            if (_states[s].IsSquare) Squares(table, s, slots, rows.SumSquares!);
            else Fill(table, s, slots, rows, _states[s].Kind);
        }
        return new GrainRows { Rows = slots.Length, Keys = _keys, Counts = _counts, Measures = _measures };
    }

    /// <summary>Writes the codes of groups into the arrays.</summary>
    public void Number(GrainTable table, ReadOnlySpan<int> slots)
    {
        var shape = table.Shape;
        for (var k = 0; k < _keys.Length; k++)
        {
            var codes = _keys[k];
            if (shape.IsConstant(k)) codes.AsSpan(0, slots.Length).Fill(shape.First(k));
            else if (shape.Groups <= uint.MaxValue) Narrow(table, k, slots, codes);
            else
                for (var i = 0; i < slots.Length; i++) codes[i] = shape.Code(k, table.Group(slots[i]));
        }
    }

    // 32 bits divide several times as fast as 64.
    static void Narrow(GrainTable table, int key, ReadOnlySpan<int> slots, uint[] codes)
    {
        var (shape, stride) = (table.Shape, (uint)table.Shape.Stride(key));
        var (first, size) = (shape.First(key), (uint)shape.Size(key));
        for (var i = 0; i < slots.Length; i++)
        {
            var group = (uint)table.Group(slots[i]);
            codes[i] = first + (group / stride % size);
        }
    }

    static void Squares(GrainTable table, int state, ReadOnlySpan<int> slots, double[] to)
    {
        for (var i = 0; i < slots.Length; i++) to[i] = table.States(state)[slots[i]].Count == 0 ? 0 : table.Sum(state, slots[i]);
    }

    static void Fill(GrainTable table, int state, ReadOnlySpan<int> slots, MeasureRows to, MeasureKind kind)
    {
        var states = table.States(state);
        var isDouble = kind == MeasureKind.Double;
        for (var i = 0; i < slots.Length; i++)
        {
            ref readonly var of = ref states[slots[i]];
            to.Counts[i] = of.Count;
            if (of.Count == 0)
            {
                if (to.Sums is not null) to.Sums[i] = 0;
                if (to.WholeSums is not null) to.WholeSums[i] = 0;
                if (to.Min is not null) to.Min[i] = 0;
                if (to.Max is not null) to.Max[i] = 0;
                continue;
            }
            if (to.Sums is not null) to.Sums[i] = table.Sum(state, slots[i]);
            if (to.WholeSums is not null) to.WholeSums[i] = new Int128((ulong)of.High, of.Low);
            if (to.Min is not null) to.Min[i] = isDouble ? Quantum.Bits(of.Min) : of.Min;
            if (to.Max is not null) to.Max[i] = isDouble ? Quantum.Bits(of.Max) : of.Max;
        }
    }

    static MeasureRows Measure(MeasurePlan plan)
    {
        var keeps = plan.Keep;
        return new MeasureRows
        {
            Counts = new long[Capacity],
            Sums = keeps.HasFlag(MeasureKeep.Sum) && plan.Kind == MeasureKind.Double ? new double[Capacity] : null,
            WholeSums = keeps.HasFlag(MeasureKeep.Sum) && plan.Kind == MeasureKind.Whole ? new Int128[Capacity] : null,
            Min = keeps.HasFlag(MeasureKeep.Min) ? new long[Capacity] : null,
            Max = keeps.HasFlag(MeasureKeep.Max) ? new long[Capacity] : null,
            SumSquares = keeps.HasFlag(MeasureKeep.SumSquares) ? new double[Capacity] : null,
        };
    }
}
