using System.Globalization;
using Quern.Delivery.Sqlite.Native;

namespace Quern.Delivery.Sqlite.Reading;

/// <summary>What is said of databases that are read, QN7451 to QN7453.</summary>
static class SqliteReadFaults
{
    /// <summary>The database cannot be read.</summary>
    public static QuernException Of(SqliteException e, string name) => e.Code switch
    {
        SqliteApi.Busy or SqliteApi.Locked or SqliteApi.NotADatabase or SqliteApi.Corrupt => SqliteFaults.Of(e, "", name, ""),
        _ => new QuernException(
            new Fault("QN7452", "the SQLite database cannot be read")
            {
                Where = name,
                Value = e.Message,
                Try = [$"ls -l {name}*", $"sqlite3 -readonly {name} .tables"],
            },
            e),
    };

    /// <summary>A value is of another type than its column.</summary>
    /// <param name="read">The table.</param>
    /// <param name="column">The column.</param>
    /// <param name="number">Number of the row as SQLite has it, or how many came before it.</param>
    /// <param name="value">The value.</param>
    public static QuernException Unfit(SqliteTableRead read, DeclaredColumn column, long number, string value) => new(
        new Fault("QN7451", "a value does not fit the type of its column")
        {
            Where = string.Create(CultureInfo.InvariantCulture,
                $"{read.Name}, table {read.Table}, column {column.Name}, {(read.RowNumber is null ? "row" : "rowid")} {number}"),
            Value = value,
            Wanted = $"{column.Declared}, which is read as {column.Type}",
            Try = ["correct it in the database", $"name a view there that has cast({SqliteName.Of(column.Name)} as text)"],
        });

    /// <summary>The database has no such table.</summary>
    public static QuernException NoTable(string name, string table, IReadOnlyList<string> tables) => new(
        new Fault("QN7453", "the database has no such table")
        {
            Where = name,
            Value = $"\"{table}\"",
            Try = NearestName.Of(table, tables) is { } near ? [near] : [$"quern peek {name}     lists its tables"],
            ExitCode = ExitCode.Usage,
        });
}
