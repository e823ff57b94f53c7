using System.Numerics;
using System.Runtime.InteropServices;
using Quern.Folding.Kernel.Sums;
using Quern.Folding.Kernel.Tables;
using Quern.Folding.Kernel.Texts;
using Quern.Folding.Planning;

namespace Quern.Folding.Kernel.Records;

/// <summary>The values of measures that the records of a block have, by state.</summary>
sealed unsafe class BlockAmounts : IDisposable
{
    readonly StatePlan[] _states;
    readonly int[] _square;
    readonly Amount*[] _amounts;
    readonly int[] _counts;
    readonly ulong _withValue;
    readonly ulong _mask;
    readonly List<(int State, int Row, double Value)> _odd = [];

    /// <summary>Room for the values of a block.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="states">The states of groups.</param>
    /// <param name="rows">The most records of a block.</param>
    public BlockAmounts(FoldPlan plan, StatePlan[] states, int rows)
    {
        _states = states;
        _amounts = new Amount*[states.Length];
        _counts = new int[states.Length];
        for (var s = 0; s < states.Length; s++) _amounts[s] = (Amount*)NativeMemory.Alloc((nuint)rows, (nuint)sizeof(Amount));
        var measures = plan.Measures.Count;
        _mask = measures == 0 ? 0 : ulong.MaxValue >> (64 - measures);
        _square = [.. Enumerable.Range(0, measures).Select(m => Array.FindIndex(states, s => s.Measure == m && s.IsSquare))];
        _withValue = Valued(plan);
    }

    /// <summary>A bit for each measure whose values stand in records.</summary>
    public static ulong Valued(FoldPlan plan)
    {
        var valued = 0UL;
        for (var m = 0; m < plan.Measures.Count; m++)
            if (plan.Measures[m].Kind != MeasureKind.Text) valued |= 1UL << m;
        return valued;
    }

    /// <summary>Values that <see cref="Quantum"/> does not take.</summary>
    public IReadOnlyList<(int State, int Row, double Value)> Odd => _odd;

    /// <summary>The values of a state.</summary>
    public Amount* Of(int state, out int count)
    {
        count = _counts[state];
        return _amounts[state];
    }

    /// <summary>Takes the values of a block.</summary>
    /// <param name="words">The records.</param>
    /// <param name="form">Their form.</param>
    /// <param name="rows">How many.</param>
    /// <param name="end">Behind the first record's first value.</param>
    /// <param name="texts">The field whose texts stand in front of values; negative for none.</param>
    public void Read(ulong* words, RecordForm form, int rows, ulong* end, int texts)
    {
        Array.Clear(_counts);
        _odd.Clear();
        if (_mask == 0) return;
        var lengths = texts < 0 ? null : words + form.Fields[texts].Word;
        words += form.Presence.Word;
        for (var row = 0; row < rows; row++)
        {
            if (lengths is not null) end -= HashedTexts.Words(form.Fields[texts], lengths[(long)row * form.Words]);
            var bits = (words[(long)row * form.Words] >> form.Presence.Shift) & _mask;
            for (; bits != 0; bits &= bits - 1)
            {
                var m = BitOperations.TrailingZeroCount(bits);
                if ((_withValue >> m & 1) != 0) Take(m, row, (long)*--end);
                else _amounts[m][_counts[m]++] = new(0, 0, 0, row);
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var amounts in _amounts) NativeMemory.Free(amounts);
    }

    void Take(int measure, int row, long raw)
    {
        if (_states[measure].Kind == MeasureKind.Double) TakeDouble(measure, row, raw);
        else _amounts[measure][_counts[measure]++] = new((ulong)raw, raw >> 63, raw, row);
        if (_square[measure] is not (>= 0 and var square)) return;
        var value = _states[measure].Kind == MeasureKind.Double ? BitConverter.Int64BitsToDouble(raw) : raw;
        TakeDouble(square, row, BitConverter.DoubleToInt64Bits(value * value));
    }

    void TakeDouble(int state, int row, long bits)
    {
        if (!Quantum.TryUnits(bits, out var low, out var high)) _odd.Add((state, row, BitConverter.Int64BitsToDouble(bits)));
        _amounts[state][_counts[state]++] = new(low, high, Quantum.Order(bits), row);
    }
}
