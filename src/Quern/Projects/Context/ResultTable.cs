using System.Text;
using Quern.Jinja;
using Quern.Jinja.Values;
using Quern.Projects.Warehouses;

namespace Quern.Projects.Context;

/// <summary>The rows of a query as templates read them: <c>.rows</c>, <c>.columns</c>, <c>.column_names</c>; walked, it gives its
/// rows.</summary>
sealed class ResultTable : TemplateObject
{
    readonly QueryTable _table;
    readonly ResultKeys _names;
    readonly List<object?> _rows;
    List<object?>? _columns;

    public ResultTable(QueryTable table)
    {
        _table = table;
        _names = new ResultKeys(Distinct(table.Columns.Select(c => c.Name)));
        _rows = [.. table.Rows.Select(r => new ResultSequence("Row", r, _names))];
    }

    public static ResultTable Empty { get; } = new(new QueryTable([], []));

    public override string TypeName => "Table";

    public override int? Length => _rows.Count;

    public override IEnumerable<object?> Items => _rows;

    public override bool IsTrue => true;

    /// <summary>The types of the columns, as the database prints them.</summary>
    public IReadOnlyList<string> Types => [.. _table.Columns.Select(c => c.Type)];

    List<object?> Columns => _columns ??=
        [.. _names.Names.Select((_, i) =>
            new ResultSequence("Column", [.. _table.Rows.Select(r => r[i])], null) { Name = _names.Names[i] })];

    /// <summary>The rows as lists, as <c>load_result(...).data</c> has them.</summary>
    public List<object?> Data() => [.. _table.Rows.Select(r => (object?)new TupleValue(r))];

    public override bool TryGetAttribute(string name, out object? value)
    {
        value = name switch
        {
            "rows" => new ResultSequence("MappedSequence", [.. _rows], null),
            "columns" => new ResultSequence("MappedSequence", [.. Columns], _names),
            "column_names" => new TupleValue([.. _names.Names]),
            "column_types" => new TupleValue([.. _table.Columns.Select(c => c.Type)]),
            "print_table" => new Function(name, Print),
            "print_csv" or "print_json" => new Function(name, Print),
            "select" => new Function(name, arguments => Select(arguments, true)),
            "exclude" => new Function(name, arguments => Select(arguments, false)),
            "limit" => new Function(name, arguments => With([.. _table.Rows.Take((int)arguments.Bind("limit", 1, "count").Whole(0))])),
            "rename" => new Function(name, Rename),
            "where" => new Function(name, Where),
            _ => null,
        };
        return value is not null;
    }

    public override bool TryGetItem(object? key, out object? value)
    {
        value = null;
        if (ResultSequence.Position(key, _rows.Count) is not { } at) return false;
        value = _rows[at];
        return true;
    }

    public override string ToString() => "<agate.table.Table object>";

    static List<string> Distinct(IEnumerable<string> names)
    {
        var distinct = new List<string>();
        foreach (var name in names)
        {
            var tried = name;
            for (var n = 2; distinct.Contains(tried, StringComparer.Ordinal); n++) tried = $"{name}_{n}";
            distinct.Add(tried);
        }
        return distinct;
    }

    ResultTable With(IReadOnlyList<object?[]> rows) => new(_table with { Rows = rows });

    ResultTable Select(Arguments arguments, bool keep)
    {
        var names = arguments.Bind(keep ? "select" : "exclude", 1, "key")[0] is { } key && key is not string
            ? [.. Iteration.Over(key).Select(PythonText.Of)]
            : new List<string> { arguments.Bind("select", 1, "key").Text(0) };
        var at = Enumerable.Range(0, _names.Names.Count).Where(i => names.Contains(_names.Names[i]) == keep).ToList();
        return new ResultTable(
            new QueryTable([.. at.Select(i => _table.Columns[i])], [.. _table.Rows.Select(r => at.Select(i => r[i]).ToArray())]));
    }

    ResultTable Rename(Arguments arguments)
    {
        var bound = arguments.Bind("rename", 0, "column_names", "row_names");
        var names = bound[0] switch
        {
            Dict map => _names.Names.Select(n => map.TryGetValue(n, out var to) ? PythonText.Of(to) : n),
            IReadOnlyList<object?> list => list.Select(PythonText.Of),
            _ => _names.Names,
        };
        return new ResultTable(_table with { Columns = [.. _table.Columns.Zip(names, (c, n) => c with { Name = n })] });
    }

    ResultTable Where(Arguments arguments)
    {
        var test = arguments.Bind("where", 1, "test")[0];
        return With([.. _table.Rows.Where((_, i) =>
            Value.IsTrue(Rendering.Invoke(test, new Arguments(arguments.Rendering, [_rows[i]]))))]);
    }

    object Print(Arguments arguments)
    {
        var bound = arguments.Bind("print_table", 0, "max_rows", "max_columns", "output", "max_column_width");
        var shown = _table.Rows.Take((int)bound.Whole(0, 20)).Select(r => r.Select(Cell).ToArray()).ToList();
        var widths = _names.Names.Select((n, i) => Math.Max(n.Length, shown.Select(r => r[i].Length).DefaultIfEmpty(0).Max())).ToList();
        var text = new StringBuilder();
        Line([.. _names.Names]);
        text.Append('\n').Append("| ").AppendJoin(" | ", widths.Select(w => new string('-', w))).Append(" |");
        foreach (var row in shown)
        {
            text.Append('\n');
            Line(row);
        }
        NodeScope.Of(arguments).Templates.Invocation.Log(text.ToString(), true);
        return "";

        void Line(string[] cells) => text.Append("| ").AppendJoin(" | ", cells.Select((c, i) => c.PadRight(widths[i]))).Append(" |");
    }

    static string Cell(object? value) => value is null ? "" : PythonText.Of(value);
}
