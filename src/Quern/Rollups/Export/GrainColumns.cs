using Quern.Chunks;
using Quern.Folding.Declared;
using Quern.Rollups.Store;

namespace Quern.Rollups.Export;

/// <summary>A grain as a table: its keys, <c>rows</c>, and for each measure <c>NAME_count</c>, <c>NAME_sum</c>, <c>NAME_min</c>,
/// <c>NAME_max</c>, <c>NAME_sum_squares</c> and <c>NAME_sketch</c>, as far as they are kept.</summary>
sealed class GrainColumns
{
    static readonly (MeasureKeep State, string Ending)[] States =
    [
        (MeasureKeep.Count, "count"), (MeasureKeep.Sum, "sum"), (MeasureKeep.Min, "min"), (MeasureKeep.Max, "max"),
        (MeasureKeep.SumSquares, "sum_squares"), (MeasureKeep.Distinct, "sketch"),
    ];

    readonly List<Column> _names = [];
    readonly List<GrainColumn> _columns = [];
    readonly HashSet<string> _taken = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>The columns of a grain; reads its keys.</summary>
    /// <exception cref="QuernException">QN7506: the file of a key is damaged.</exception>
    public GrainColumns(StoredGrain grain)
    {
        for (var k = 0; k < grain.Keys.Count; k++) Add(grain.Keys[k].Name, new KeyColumn(k, grain.Keys[k].Domain));
        Add("rows", new RowsColumn());
        for (var m = 0; m < grain.Measures.Count; m++)
        {
            var measure = grain.Measures[m];
            foreach (var (state, ending) in States)
                if (measure.Keeps(state)) Add($"{measure.Of}_{ending}", new StateColumn(m, measure, state));
        }
        Schema = new(_names);
    }

    /// <summary>Names, each once, and types.</summary>
    public Schema Schema { get; }

    /// <summary>A column by position.</summary>
    public GrainColumn this[int column] => _columns[column];

    void Add(string name, GrainColumn column)
    {
        var unique = name;
        for (var i = 2; !_taken.Add(unique); i++) unique = FormattableString.Invariant($"{name}_{i}");
        _names.Add(new(unique, column.Type));
        _columns.Add(column);
    }
}
