using Quern.Chunks;

namespace Quern.Delivery.Sqlite;

/// <summary>A table as it is declared in SQLite.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Rows">The columns that come, as the engine has them.</param>
/// <param name="Options">How they become SQLite's.</param>
sealed record SqliteTable(string Name, Schema Rows, SqliteOptions Options)
{
    /// <summary>Names of the columns.</summary>
    public IEnumerable<string> Columns => Rows.Columns.Select(c => c.Name);

    /// <summary>The declared type of a column.</summary>
    public string TypeOf(int column) => SqliteTypes.Of(Rows[column].Type, Options);

    /// <summary>The declaration.</summary>
    /// <param name="relation">What it is called, quoted.</param>
    /// <param name="temporary">Whether it goes with the connection.</param>
    public string Create(string relation, bool temporary = false)
    {
        var columns = Rows.Columns.Select((c, i) => $"{SqliteName.Of(c.Name)} {TypeOf(i)}");
        return $"create {(temporary ? "temporary " : "")}table {relation} ({string.Join(", ", columns)}) strict";
    }

    /// <summary>An INSERT of some rows, whose parameters count on from row to row. A row that is refused is neither passed over nor put in
    /// the place of another, whatever the constraints of the table say.</summary>
    /// <param name="relation">Where they go, quoted.</param>
    /// <param name="rows">How many.</param>
    public string Insert(string relation, int rows)
    {
        var row = $"({string.Join(',', Enumerable.Repeat('?', Rows.Count))})";
        return $"insert or abort into {relation} ({SqliteName.List(Columns)}) values {string.Join(',', Enumerable.Repeat(row, rows))}";
    }

    /// <summary>The indexes that were asked for, which keep their names from run to run.</summary>
    public IEnumerable<string> CreateIndexes() => Options.Indexes.Select(columns =>
        $"create index if not exists {SqliteName.Of($"idx_{Name}_{string.Join('_', columns)}")} "
        + $"on {SqliteName.Of(Name)} ({SqliteName.List(columns)})");

    /// <summary>A name by which SQLite gives the number of a row; null when columns have taken all of them.</summary>
    public string? RowNumber =>
        Array.Find(["rowid", "_rowid_", "oid"], n => !Columns.Contains(n, StringComparer.OrdinalIgnoreCase));
}
