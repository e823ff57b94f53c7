using Quern.Chunks;
using Quern.Delivery.Sqlite.Native;

namespace Quern.Delivery.Sqlite.Reading;

/// <summary>A table or view of a SQLite database that is read.</summary>
sealed class SqliteTableRead
{
    SqliteTableRead(string path, string name, string table, bool isView, IReadOnlyList<DeclaredColumn> columns, string? rowNumber) =>
        (Path, Name, Table, IsView, Columns, RowNumber) = (path, name, table, isView, columns, rowNumber);

    /// <summary>Absolute path of the database.</summary>
    public string Path { get; }

    /// <summary>How messages name it.</summary>
    public string Name { get; }

    /// <summary>The table.</summary>
    public string Table { get; }

    /// <summary>It is a view.</summary>
    public bool IsView { get; }

    /// <summary>Its columns.</summary>
    public IReadOnlyList<DeclaredColumn> Columns { get; }

    /// <summary>What SQLite calls the number of a row; null when rows have none.</summary>
    public string? RowNumber { get; }

    /// <summary>The columns as the engine gets them.</summary>
    public Schema Schema => new([.. Columns.Select(c => new Column(c.Name, c.Type))]);

    /// <summary>The tables and views of a database, but those of SQLite itself.</summary>
    /// <param name="path">Its absolute path.</param>
    /// <param name="name">How messages name it.</param>
    /// <exception cref="QuernException">It cannot be read: QN7452, QN8200, QN8201.</exception>
    public static List<SqliteTableRead> All(string path, string name) => Guard(name, () =>
    {
        using var connection = Open(path);
        using var tables = connection.Prepare(
            "select name, type, wr from pragma_table_list where schema = 'main' and type in ('table', 'view', 'virtual') "
            + "and name not like 'sqlite\\_%' escape '\\' order by name");
        var found = new List<SqliteTableRead>();
        while (tables.Step())
        {
            var (table, isTable) = (tables.Text(0)!, tables.Text(1) == "table");
            using var info = connection.Prepare($"select name, type, hidden from pragma_table_xinfo({SqliteName.Text(table)}) where hidden <> 1");
            var columns = new List<DeclaredColumn>();
            while (info.Step()) columns.Add(new(info.Text(0)!, info.Text(1) ?? ""));
            var number = isTable && tables.Number(2) == 0
                ? Array.Find(["rowid", "_rowid_", "oid"], n => !columns.Exists(c => c.Name.Equals(n, StringComparison.OrdinalIgnoreCase)))
                : null;
            found.Add(new(path, name, table, tables.Text(1) == "view", columns, number));
        }
        return found;
    });

    /// <summary>How many rows there are.</summary>
    public long CountRows() => Guard(Name, () =>
    {
        using var connection = Open(Path);
        return connection.Number($"select count(*) from {SqliteName.Of(Table)}");
    });

    /// <summary>Opens the database to read it.</summary>
    /// <exception cref="SqliteException">It cannot be.</exception>
    public static SqliteConnection Open(string path)
    {
        var connection = SqliteConnection.Open(path, SqliteApi.OpenReadOnly);
        try
        {
            connection.WaitForLocks(SqliteOptions.Default.LockWait);
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    /// <summary>Says in words of ours why a database cannot be read.</summary>
    public static T Guard<T>(string name, Func<T> work)
    {
        try
        {
            return work();
        }
        catch (SqliteException e)
        {
            throw SqliteReadFaults.Of(e, name);
        }
    }
}
