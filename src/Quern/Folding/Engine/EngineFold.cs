using Quern.Chunks;
using Quern.Duck;
using Quern.Folding.Declared;
using Quern.Folding.Expressions;

namespace Quern.Folding.Engine;

/// <summary>A fold as SQL: all grains in one scan, as grouping sets, in a table of the engine.</summary>
/// <remarks>A sum of doubles is kept as the sum of their whole parts and that of their fractions in units of 2^-80, both as whole numbers, and as
/// a list of those that this does not hold: below 2^-27, from 2^62 on, or no numbers. So it is exact, as the kernel's is.</remarks>
sealed class EngineFold
{
    /// <summary>The table of groups.</summary>
    public const string Table = "folded";

    const string Units = "1208925819614629174706176.0::DOUBLE", Least = "7.450580596923828125e-9::DOUBLE", Most = "4611686018427387904.0::DOUBLE";

    readonly Fold _fold;
    readonly ExpressionSql _sql;
    readonly FoldColumns _columns;

    /// <summary>A fold as SQL.</summary>
    public EngineFold(Fold fold)
    {
        _fold = fold;
        _columns = new FoldColumns(fold);
        _sql = new ExpressionSql(_columns);
        Keys = [.. fold.Grains.SelectMany(g => g.Keys).Distinct(StringComparer.OrdinalIgnoreCase).Select(Named)];
        Measures = [.. fold.Measures.Select(m => _columns.TryFind(m.Of, out var found) ? found : throw NoColumn(m.Of))];
    }

    /// <summary>Keys of all grains, each once.</summary>
    public IReadOnlyList<FoldColumn> Keys { get; }

    /// <summary>Columns of the measures.</summary>
    public IReadOnlyList<FoldColumn> Measures { get; }

    /// <summary>Position of a key.</summary>
    public int Key(string name) => Keys.ToList().FindIndex(k => string.Equals(k.Name, name, StringComparison.OrdinalIgnoreCase));

    /// <summary>Makes the table of groups of all grains, and of all rows together.</summary>
    /// <param name="source">What is read, as SQL behind <c>from</c>.</param>
    public string Make(string source)
    {
        var rows = Keys.Select((k, i) => $"{_sql.Of(new ColumnTerm(k.Name))} as k{i}")
            .Concat(Measures.Select((m, i) => $"{_sql.Of(new ColumnTerm(m.Name))} as m{i}")).Append("1 as one");
        var where = _fold.Where is null ? "" : $" where {_sql.Of(_fold.Where)}";
        var sets = _fold.Grains.Select(g => Set([.. g.Keys.Select(Key).Distinct().Order()])).Append("()").Distinct();
        var keys = Keys.Select((_, i) => $"k{i}").ToList();
        var columns = keys.Append(keys.Count == 0 ? "0 as g" : $"grouping({string.Join(", ", keys)}) as g").Append("count(*) as n")
            .Concat(Enumerable.Range(0, Measures.Count).SelectMany(States));
        return $"create temp table {Table} as select {string.Join(", ", columns)} from (select {string.Join(", ", rows)} from {source}{where}) "
            + $"group by grouping sets ({string.Join(", ", sets)})";
    }

    /// <summary>The number of the grouping set that has some keys.</summary>
    public long Grouping(IEnumerable<int> keys)
    {
        var all = (1L << Keys.Count) - 1;
        // The engine's first key has the highest bit, and a bit says that a key is not one of the set.
        foreach (var key in keys) all &= ~(1L << (Keys.Count - 1 - key));
        return all;
    }

    /// <summary>Columns of the states of a measure in the table: how many values, then what it keeps.</summary>
    public IEnumerable<string> StateNames(int measure)
    {
        var keep = _fold.Measures[measure].Keep;
        yield return $"m{measure}_n";
        if (keep.HasFlag(MeasureKeep.Sum) && IsDouble(measure)) foreach (var part in Parts) yield return $"m{measure}_{part}";
        else if (keep.HasFlag(MeasureKeep.Sum)) yield return $"m{measure}_sum";
        if (keep.HasFlag(MeasureKeep.Min)) yield return $"m{measure}_min";
        if (keep.HasFlag(MeasureKeep.Max)) yield return $"m{measure}_max";
        if (keep.HasFlag(MeasureKeep.SumSquares)) foreach (var part in Parts) yield return $"m{measure}_q{part}";
    }

    /// <summary>The parts of a sum of doubles.</summary>
    public static IReadOnlyList<string> Parts { get; } = ["whole", "rest", "odd"];

    /// <summary>A measure is one of doubles.</summary>
    public bool IsDouble(int measure) => Measures[measure].Type.Kind is TypeKind.Double or TypeKind.Float;

    IEnumerable<string> States(int measure)
    {
        var (keep, name) = (_fold.Measures[measure].Keep, $"m{measure}");
        yield return $"count({name}) as {name}_n";
        if (keep.HasFlag(MeasureKeep.Sum))
        {
            foreach (var sum in IsDouble(measure) ? Sums($"{name}::DOUBLE", $"{name}_") : [$"sum({name}) as {name}_sum"]) yield return sum;
        }
        // Zeros are one value, without a sign.
        var value = IsDouble(measure) ? $"({name}::DOUBLE + 0.0::DOUBLE)" : name;
        if (keep.HasFlag(MeasureKeep.Min)) yield return $"min({value}) as {name}_min";
        if (keep.HasFlag(MeasureKeep.Max)) yield return $"max({value}) as {name}_max";
        if (!keep.HasFlag(MeasureKeep.SumSquares)) yield break;
        foreach (var sum in Sums($"({name}::DOUBLE * {name}::DOUBLE)", $"{name}_q")) yield return sum;
    }

    static IEnumerable<string> Sums(string value, string name)
    {
        var isFit = $"({value} = 0 or (isfinite({value}) and abs({value}) >= {Least} and abs({value}) < {Most}))";
        yield return $"sum(case when {isFit} then trunc({value})::HUGEINT end) as {name}whole";
        yield return $"sum(case when {isFit} then (({value} - trunc({value})) * {Units})::HUGEINT end) as {name}rest";
        yield return $"list({value}) filter (where {value} is not null and not {isFit}) as {name}odd";
    }

    static string Set(IEnumerable<int> keys) => $"({string.Join(", ", keys.Select(k => $"k{k}"))})";

    FoldColumn Named(string name) => _columns.TryFind(name, out var found) ? found : throw NoColumn(name);

    QuernException NoColumn(string name) => new(new Fault("QN7531", "there is no column of this name")
    {
        Where = $"fold {_fold.Name}",
        Value = name,
        Wanted = $"one of {string.Join(", ", _columns.Names)}",
        ExitCode = ExitCode.Usage,
    });
}
