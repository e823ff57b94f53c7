using Quern.Chunks;
using Quern.Delivery.Sqlite.Native;

namespace Quern.Delivery.Sqlite;

/// <summary>A database that exists, with a transaction open in it; disposed without a commit it is as it was.</summary>
/// <remarks>The file keeps its own journal: after a kill whoever opens the file next takes back what was not committed.</remarks>
sealed class ExistingSqlite : IDisposable
{
    /// <summary>The keys whose rows go.</summary>
    const string Keys = "temp.quern_keys";

    readonly SqliteConnection _connection;
    readonly SqliteTable _table;
    readonly string _name;
    readonly string _relation;
    bool _isGone;

    ExistingSqlite(SqliteConnection connection, SqliteTable table, string name)
    {
        _connection = connection;
        _table = table;
        _name = name;
        _relation = $"main.{SqliteName.Of(table.Name)}";
    }

    /// <summary>Rows that the transaction puts there, as SQLite has counted them.</summary>
    public long Rows { get; private set; }

    /// <summary>Opens a file and begins a transaction: nobody else writes from then on.</summary>
    /// <exception cref="SqliteException">Another program has it locked; it is no database; it cannot be written to.</exception>
    public static ExistingSqlite Begin(string path, string name, SqliteTable table)
    {
        var connection = SqliteConnection.Open(path, SqliteApi.OpenReadWrite);
        try
        {
            connection.WaitForLocks(table.Options.LockWait);
            // Keys to other tables are held to, as those who declared them want it.
            connection.Execute("pragma foreign_keys = on; begin immediate");
            return new ExistingSqlite(connection, table, name);
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    /// <summary>Makes room as the mode says, and inserts rows.</summary>
    /// <param name="shipment">What they are.</param>
    /// <param name="feed">Gives them.</param>
    /// <param name="cancel">Ends it.</param>
    /// <returns>Rows that were taken.</returns>
    /// <exception cref="QuernException">The table has other columns, or does not take a row.</exception>
    /// <exception cref="SqliteException">It failed for another reason.</exception>
    public long Change(Shipment shipment, RowFeed feed, CancellationToken cancel)
    {
        var options = _table.Options;
        var exists = ExistingColumns.Read(_connection, _table.Name) is { Count: > 0 };
        if (exists && options.Mode == LoadMode.Create) throw SqliteFaults.Exists(_name, _table.Name);
        var byKey = options.Key.Count > 0 && options.Mode is LoadMode.Replace or LoadMode.Merge;
        var whole = options.Mode == LoadMode.Replace && !byKey && shipment.Scope is null;
        if (exists && options.Evolves) AddColumns(cancel);
        if (exists && !Fits(mayRemake: whole && options.MayRemake))
        {
            _connection.Execute($"drop table {_relation}", cancel);
            exists = false;
        }
        if (!exists) _connection.Execute(_table.Create(_relation), cancel);
        var dependents = exists && options.Mode == LoadMode.Replace ? new SqliteDependents(_connection, _table.Name) : null;
        long taken;
        if (exists && byKey)
        {
            taken = options.Mode == LoadMode.Merge ? Merge(feed, cancel) : ReplaceByKey(feed, cancel);
        }
        else
        {
            if (exists && whole) _connection.Execute($"delete from {_relation}", cancel);
            if (exists && options.Mode == LoadMode.Replace && shipment.Scope is { } scope)
                _connection.Execute($"delete from {_relation} where {ScopeText.Condition(scope)}", cancel);
            taken = Insert(feed, feed.All, feed.Refuse, cancel);
        }
        dependents?.Check($"{_name}, table {_table.Name}");
        foreach (var index in _table.CreateIndexes()) _connection.Execute(index, cancel);
        return taken;
    }

    /// <summary>Makes the change permanent. Not to be interrupted: it is done, or it is not.</summary>
    public void Commit() => _connection.Execute("commit");

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_isGone) return;
        _isGone = true;
        _connection.Dispose();
    }

    bool Fits(bool mayRemake)
    {
        var wrong = ExistingColumns.Wrong(_connection, _table);
        if (wrong.Count == 0) return true;
        return mayRemake ? false : throw SqliteFaults.OtherColumns(_name, _table.Name, string.Join(", ", wrong.Take(3)));
    }

    void AddColumns(CancellationToken cancel)
    {
        foreach (var column in ExistingColumns.Missing(_connection, _table))
            _connection.Execute($"alter table {_relation} add column {SqliteName.Of(column.Name)} {column.Type}", cancel);
    }

    long Insert(RowFeed feed, string query, Action<long, string?, Fault>? refuse, CancellationToken cancel)
    {
        var before = _connection.Number($"select count(*) from {_relation}");
        using var rows = new RowInserter(_connection, _table, _relation, _name) { Refuse = refuse, Locate = feed.Place };
        var taken = feed.Insert(query, rows, cancel);
        // Not the count of changes, to which triggers add.
        Rows = _connection.Number($"select count(*) from {_relation}") - before;
        return taken;
    }

    long Merge(RowFeed feed, CancellationToken cancel)
    {
        var merge = new SqliteMerge(_connection, _table, _relation, _name);
        var taken = merge.Make(feed, cancel);
        Rows = merge.Rows;
        return taken;
    }

    /// <summary>The old rows of a key go when a new one is taken. What is refused is known only once the old ones are gone, so then it
    /// begins again without the rows that are set aside.</summary>
    long ReplaceByKey(RowFeed feed, CancellationToken cancel)
    {
        var aside = new HashSet<long>();
        while (true)
        {
            _connection.Execute("savepoint quern", cancel);
            var gone = DeleteKeys(feed, feed.Keyed!.Keys(aside), cancel);
            var known = aside.Count;
            var taken = Insert(feed, feed.Keyed.Rows(aside), feed.Refuse is not { } refuse ? null : (number, column, fault) =>
            {
                refuse(number, column, fault);
                aside.Add(number);
            }, cancel);
            if (aside.Count == known || gone == 0)
            {
                _connection.Execute("release quern", cancel);
                return taken;
            }
            _connection.Execute("rollback to quern; release quern", cancel);
        }
    }

    /// <summary>Deletes the rows of some keys.</summary>
    long DeleteKeys(RowFeed feed, string query, CancellationToken cancel)
    {
        var keys = _table with { Rows = new Schema([.. feed.Keyed!.Key]) };
        _connection.Execute(keys.Create(Keys), cancel);
        using (var rows = new RowInserter(_connection, keys, Keys, _name)
        {
            // A key that SQLite does not hold is told of with its row.
            Refuse = feed.Refuse is null ? null : (_, _, _) => { },
            Locate = feed.Place,
        })
        {
            feed.Insert(query, rows, cancel);
        }
        var key = SqliteName.List(keys.Columns);
        var before = _connection.Number($"select count(*) from {_relation}");
        _connection.Execute($"delete from {_relation} where ({key}) in (select {key} from {Keys})", cancel);
        _connection.Execute($"drop table {Keys}", cancel);
        return before - _connection.Number($"select count(*) from {_relation}");
    }
}
