using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
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

    /// <summary>Numbers of groups below this are exact as doubles, and so is their division.</summary>
    const ulong MostExact = 1UL << 50;

    readonly StatePlan[] _states;
    readonly double[] _rest = new double[Capacity];
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
    void Number(GrainTable table, ReadOnlySpan<int> slots)
    {
        var shape = table.Shape;
        if (shape.Groups > MostExact)
        {
            for (var k = 0; k < _keys.Length; k++)
                for (var i = 0; i < slots.Length; i++) _keys[k][i] = shape.Code(k, table.Group(slots[i]));
            return;
        }
        for (var i = 0; i < slots.Length; i++) _rest[i] = table.Group(slots[i]);
        for (var k = _keys.Length - 1; k >= 0; k--)
        {
            if (shape.IsConstant(k)) _keys[k].AsSpan(0, slots.Length).Fill(shape.First(k));
            else Digit(_rest, _keys[k], slots.Length, shape.Size(k), shape.First(k));
        }
    }

    /// <summary>Takes the last digit off numbers. Half is added before the division, so that rounding cannot reach the next number.</summary>
    static void Digit(double[] rest, uint[] codes, int rows, double size, uint first)
    {
        var i = 0;
        var (half, inverse, times, more) = (Vector512.Create(0.5), Vector512.Create(1 / size), Vector512.Create(size), Vector256.Create(first));
        ref var from = ref MemoryMarshal.GetArrayDataReference(rest);
        ref var to = ref MemoryMarshal.GetArrayDataReference(codes);
        for (; i + Vector512<double>.Count <= rows; i += Vector512<double>.Count)
        {
            var number = Vector512.LoadUnsafe(ref from, (nuint)i);
            var quotient = Vector512.Floor((number + half) * inverse);
            var digit = Vector512.ConvertToInt64(number - (quotient * times));
            (Vector256.Narrow(digit.GetLower(), digit.GetUpper()).AsUInt32() + more).StoreUnsafe(ref to, (nuint)i);
            quotient.StoreUnsafe(ref from, (nuint)i);
        }
        for (; i < rows; i++)
        {
            var quotient = Math.Floor((rest[i] + 0.5) / size);
            codes[i] = first + (uint)(rest[i] - (quotient * size));
            rest[i] = quotient;
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
        to.Counts.AsSpan(0, slots.Length).Clear();
        to.Sums?.AsSpan(0, slots.Length).Clear();
        to.WholeSums?.AsSpan(0, slots.Length).Clear();
        to.Min?.AsSpan(0, slots.Length).Clear();
        to.Max?.AsSpan(0, slots.Length).Clear();
        for (var i = 0; i < slots.Length; i++)
        {
            ref readonly var of = ref states[slots[i]];
            if (of.Count == 0) continue;
            to.Counts[i] = of.Count;
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
