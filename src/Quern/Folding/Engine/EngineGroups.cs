using Quern.Chunks;
using Quern.Duck;
using Quern.Folding.Declared;
using Quern.Folding.Kernel.Sums;
using Quern.Folding.Results;

namespace Quern.Folding.Engine;

/// <summary>The groups of one grain out of the engine's table, as arrays.</summary>
sealed class EngineGroups
{
    readonly EngineFold _sql;
    readonly Fold _fold;
    readonly IReadOnlyList<EngineDomains> _domains;
    readonly IReadOnlyList<int> _keys;
    readonly uint[][] _codes;
    readonly long[] _counts = new long[Chunk.Capacity];
    readonly MeasureRows[] _measures;

    /// <summary>The groups of a grain.</summary>
    public EngineGroups(EngineFold sql, Fold fold, IReadOnlyList<EngineDomains> domains, IReadOnlyList<int> keys)
    {
        (_sql, _fold, _domains, _keys) = (sql, fold, domains, keys);
        _codes = [.. keys.Select(_ => new uint[Chunk.Capacity])];
        _measures = [.. fold.Measures.Select((m, i) => Rows(m, sql.IsDouble(i)))];
    }

    /// <summary>Hands the groups on in ascending order.</summary>
    /// <returns>The rows of all groups.</returns>
    public long HandOn(DuckSession session, Action<GrainRows> take, CancellationToken cancel)
    {
        var keys = _keys.Select(k => _domains[k].IsText ? $"k{k}::VARCHAR" : $"k{k}");
        var columns = keys.Append("n").Concat(Enumerable.Range(0, _fold.Measures.Count).SelectMany(_sql.StateNames));
        var order = _keys.Count == 0 ? "" : $" order by {string.Join(", ", Enumerable.Range(1, _keys.Count).Select(k => $"{k} nulls last"))}";
        using var result = session.Query(
            $"select {string.Join(", ", columns)} from {EngineFold.Table} where g = {_sql.Grouping(_keys)}{order}", cancel);
        var rows = 0L;
        while (result.Next() is { } chunk)
        {
            var at = 0;
            for (var k = 0; k < _keys.Count; k++, at++)
                for (var row = 0; row < chunk.Rows; row++) _codes[k][row] = _domains[_keys[k]].Code(chunk[at], row);
            chunk[at++].Values<long>().CopyTo(_counts);
            for (var m = 0; m < _measures.Length; m++) at = Read(chunk, at, m);
            for (var row = 0; row < chunk.Rows; row++) rows += _counts[row];
            take(new GrainRows { Rows = chunk.Rows, Keys = _codes, Counts = _counts, Measures = _measures });
        }
        return rows;
    }

    int Read(Chunk chunk, int at, int measure)
    {
        var (to, isDouble) = (_measures[measure], _sql.IsDouble(measure));
        chunk[at++].Values<long>().CopyTo(to.Counts);
        if (to.Sums is not null) at = Sums(chunk, at, to.Sums);
        if (to.WholeSums is not null) at = Each(chunk, at, (vector, row) => to.WholeSums[row] = WholeNumber.Read(vector, row));
        if (to.Min is not null) at = Each(chunk, at, (vector, row) => to.Min[row] = Number(vector, row, isDouble));
        if (to.Max is not null) at = Each(chunk, at, (vector, row) => to.Max[row] = Number(vector, row, isDouble));
        return to.SumSquares is null ? at : Sums(chunk, at, to.SumSquares);
    }

    static int Each(Chunk chunk, int at, Reading read)
    {
        for (var row = 0; row < chunk.Rows; row++)
            if (!chunk[at].IsNull(row)) read(chunk[at], row);
        return at + 1;
    }

    static long Number(Vector vector, int row, bool isDouble) => isDouble ? vector.Values<long>()[row] : (long)WholeNumber.Read(vector, row);

    static int Sums(Chunk chunk, int at, double[] to)
    {
        for (var row = 0; row < chunk.Rows; row++)
        {
            var sum = new ExactSum();
            if (!chunk[at].IsNull(row)) sum.AddWhole(WholeNumber.Read(chunk[at], row));
            if (!chunk[at + 1].IsNull(row) && WholeNumber.Read(chunk[at + 1], row) is var rest) sum.Add((ulong)rest, (long)(rest >> 64));
            if (!chunk[at + 2].IsNull(row)) Add(sum, chunk[at + 2], row);
            to[row] = sum.ToDouble();
        }
        return at + EngineFold.Parts.Count;
    }

    static void Add(ExactSum sum, Vector lists, int row)
    {
        var entry = lists.Lists[row];
        foreach (var value in lists.Child.Values<double>().Slice((int)entry.Offset, (int)entry.Length)) sum.Add(value);
    }

    static MeasureRows Rows(FoldMeasure measure, bool isDouble)
    {
        if (measure.Keep.HasFlag(MeasureKeep.Distinct)) throw Unkept(measure.Of, "a sketch of distinct values");
        return new MeasureRows
        {
            Counts = new long[Chunk.Capacity],
            Sums = measure.Keep.HasFlag(MeasureKeep.Sum) && isDouble ? new double[Chunk.Capacity] : null,
            WholeSums = measure.Keep.HasFlag(MeasureKeep.Sum) && !isDouble ? new Int128[Chunk.Capacity] : null,
            Min = measure.Keep.HasFlag(MeasureKeep.Min) ? new long[Chunk.Capacity] : null,
            Max = measure.Keep.HasFlag(MeasureKeep.Max) ? new long[Chunk.Capacity] : null,
            SumSquares = measure.Keep.HasFlag(MeasureKeep.SumSquares) ? new double[Chunk.Capacity] : null,
        };
    }

    static QuernException Unkept(string name, string what) => new(new Fault("QN7542", $"{what} cannot be kept")
    {
        Where = $"measure {name}",
        Try = ["keep: [count]     and name the column among the keys of a grain"],
        ExitCode = ExitCode.Usage,
    });

    delegate void Reading(Vector vector, int row);
}
