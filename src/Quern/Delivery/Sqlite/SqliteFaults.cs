using System.Globalization;
using Quern.Delivery.Sqlite.Native;
using Quern.Delivery.Sqlite.Values;
using Quern.Files;

namespace Quern.Delivery.Sqlite;

/// <summary>What SQLite's answers mean to a user, QN8108 and QN8200 to QN8209.</summary>
static class SqliteFaults
{
    /// <summary>Says what an answer of SQLite's means.</summary>
    /// <param name="e">The answer.</param>
    /// <param name="path">Absolute path of the database.</param>
    /// <param name="name">How messages name it.</param>
    /// <param name="table">The table at hand.</param>
    public static QuernException Of(SqliteException e, string path, string name, string table) => e.Code switch
    {
        SqliteApi.Full => Full(e, Libc.NoSpace, path, name),
        SqliteApi.InputOutput when e.Errno is Libc.NoSpace or Libc.Quota => Full(e, e.Errno, path, name),
        SqliteApi.Busy or SqliteApi.Locked => New(e, "QN8200", "another program has locked the database", name, e.Message,
            ExitCode.Unreachable, "close the other program, or wait until it is done, then run again", "--to another name"),
        SqliteApi.NotADatabase or SqliteApi.Corrupt => New(e, "QN8201", "the database is damaged or encrypted", name, e.Message,
            ExitCode.Failed, $"sqlite3 {name} 'pragma integrity_check'", "--to another name"),
        SqliteApi.ReadOnly or SqliteApi.CannotOpen => New(e, "QN8202", "the database cannot be opened for writing", name, e.Message,
            ExitCode.Failed, $"ls -l {name}*", "--to another name"),
        SqliteApi.Constraint or SqliteApi.Mismatch => New(e, "QN8203", "the table in the database does not take a row", $"{name}, table {table}", e.Message,
            ExitCode.Failed, $"sqlite3 {name} '.schema {table}'     shows what it asks for", "--rejects FILE     sets such rows aside, and loads the others"),
        SqliteApi.TooBig => New(e, "QN8205", "a value or a row has more bytes than SQLite takes", $"{name}, table {table}", e.Message,
            ExitCode.Failed, "leave the column out, or shorten it in SQL"),
        _ => New(e, "QN8206", "SQLite refuses the table", $"{name}, table {table}", e.Message, ExitCode.Failed,
            "other names of columns or of the table", "--to another name"),
    };

    /// <summary>A row that a table does not take.</summary>
    /// <param name="e">The answer.</param>
    /// <param name="where">The row.</param>
    /// <param name="name">How messages name the database.</param>
    /// <param name="table">The table.</param>
    public static QuernException OfRow(SqliteException e, string where, string name, string table) =>
        new(Of(e, "", name, table).Fault with { Where = where }, e);

    /// <summary>A value that SQLite cannot hold.</summary>
    /// <param name="e">Why not.</param>
    /// <param name="where">Destination, table, column, row.</param>
    public static QuernException Of(UnfitValueException e, string where) => e.Reason switch
    {
        UnfitReason.Nul => New(e, "QN8204", "a text holds a NUL character, at which many programs stop reading", where, null, ExitCode.Failed,
            "--on-nul strip     takes them out", "replace(column, chr(0), '') in SQL"),
        UnfitReason.Nan => New(e, "QN8207", "SQLite has no NaN and would store NULL", where, null, ExitCode.Failed,
            "if(isnan(column), null, column) in SQL     stores NULL on purpose", "column::varchar in SQL     stores the text nan"),
        _ => New(e, "QN8205", "a value or a row has more bytes than SQLite takes", where, null, ExitCode.Failed,
            "leave the column out, or shorten it in SQL"),
    };

    /// <summary>The file is something else.</summary>
    public static QuernException NoDatabase(string name) => new(
        new Fault("QN8108", "the output exists and is no SQLite database")
        {
            Where = name,
            Try = ["--to another name", $"rm {name}"],
            ExitCode = ExitCode.Usage,
        });

    /// <summary>The table has other columns.</summary>
    public static QuernException OtherColumns(string name, string table, string wanted) => new(
        new Fault("QN8104", "the table in the database has other columns")
        {
            Where = $"{name}, table {table}",
            Wanted = wanted,
            Try = ["--to another database", $"rename or drop the table {table} there"],
        });

    /// <summary>Rows with the same key.</summary>
    public static QuernException Repeated(string name, string key, string values) => new(
        new Fault("QN8208", "keys come more than once")
        {
            Where = $"{name}, key {key}",
            Value = values,
            Wanted = "each key once",
            Try = ["--dedupe \"order by ...\"     keeps the first of each key", "more columns in --key"],
        });

    /// <summary>Rows without a key.</summary>
    public static QuernException NullKey(string name, string table, string key, long rows) => new(
        new Fault("QN8287", "a key is NULL")
        {
            Where = $"{name}, table {table}",
            Value = string.Create(CultureInfo.InvariantCulture, $"{rows:N0} row{(rows == 1 ? "" : "s")} without {key}"),
            Try = ["a query that leaves them out: where ... is not null", "a key that all rows have"],
        });

    /// <summary>A key that is no column.</summary>
    public static QuernException NoKey(string column, IReadOnlyList<string> columns) => new(
        new Fault("QN8266", "this column is not among those that are loaded")
        {
            Where = "--key or --index",
            Value = $"\"{column}\"",
            Wanted = string.Join(", ", columns.Take(10)),
            Try = NearestName.Of(column, columns) is { } near ? [near] : [],
            ExitCode = ExitCode.Usage,
        });

    /// <summary>An order that the engine does not take.</summary>
    public static QuernException NoOrder(string order, Fault fault) => new(
        new Fault("QN7450", "--dedupe is no order of these rows")
        {
            Where = "--dedupe",
            Value = $"\"{order}\": {fault.What}",
            Wanted = "columns that are loaded, as behind ORDER BY",
            Try = ["--dedupe \"order by changed_at desc\""],
            ExitCode = ExitCode.Usage,
        });

    /// <summary>The table is there already, and was to be new.</summary>
    public static QuernException Exists(string name, string table) => new(
        new Fault("QN8209", "the table exists already")
        {
            Where = $"{name}, table {table}",
            Try = ["--mode append", "--mode replace", "--table another name"],
            ExitCode = ExitCode.Usage,
        });

    /// <summary>Where a value stands.</summary>
    public static string Place(string name, string table, string? column, long row) => string.Create(
        CultureInfo.InvariantCulture, $"{name}, table {table}, {(column is null ? "" : $"column {column}, ")}row {row:N0}");

    static QuernException Full(SqliteException e, int errno, string path, string name) =>
        OutputFaults.DiskFull(new IOException(e.Message, errno), path, name)!;

    static QuernException New(Exception cause, string code, string what, string where, string? value, ExitCode exit, params string[] tries) =>
        new(new Fault(code, what) { Where = where, Value = value, Try = tries, ExitCode = exit }, cause);
}
