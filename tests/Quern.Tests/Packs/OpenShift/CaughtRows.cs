using System.Globalization;
using Quern.Delivery;
using Quern.Duck;
using Quern.Running;

namespace Quern.Tests.Packs.OpenShift;

/// <summary>A destination that keeps the rows for the test: DOUBLE as it is, everything else as text.</summary>
sealed class CaughtRows() : Destination("rows", "/rows")
{
    public IReadOnlyList<SummaryRow> Rows { get; private set; } = [];

    public override string Kind => "rows";

    public override string Effect => "keeps the rows";

    public override void Check()
    {
    }

    internal override StagedOutput? Stage(DuckDatabase database, Shipment shipment, CancellationToken cancel)
    {
        using var session = database.Connect();
        string[] columns = [.. shipment.DatabaseColumns, .. shipment.Columns];
        Rows = Read(session, $"select {Sql.Names(columns)} from {shipment.Relation}", cancel);
        return new Caught(new RunOutput(Name, Kind, Rows.Count));
    }

    sealed class Caught(RunOutput output) : StagedOutput(output.Rows)
    {
        public override RunOutput Commit() => output;

        public override void Dispose()
        {
        }
    }

    /// <summary>The rows of a query.</summary>
    public static IReadOnlyList<SummaryRow> Read(DuckSession session, string sql, CancellationToken cancel = default)
    {
        var rows = new List<SummaryRow>();
        using var result = session.Query(sql, cancel);
        var columns = result.Schema.Columns.Select(c => c.Name).ToList();
        while (result.Next() is { } chunk)
        {
            for (var row = 0; row < chunk.Rows; row++)
            {
                var cells = new object?[columns.Count];
                for (var i = 0; i < cells.Length; i++) cells[i] = Cell(chunk[i].GetValue(row));
                rows.Add(new SummaryRow(columns, cells));
            }
        }
        return rows;
    }

    static object? Cell(object? value) => value switch
    {
        null or double or string => value,
        DateOnly day => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        IFormattable other => other.ToString(null, CultureInfo.InvariantCulture),
        _ => throw new InvalidOperationException($"a {value.GetType()} in a summary"),
    };
}
