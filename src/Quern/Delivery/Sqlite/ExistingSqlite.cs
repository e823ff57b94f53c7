using Quern.Chunks;
using Quern.Delivery.Sqlite.Native;

namespace Quern.Delivery.Sqlite;

/// <summary>A database that exists, with a transaction open in it; disposed without a commit it is as it was.</summary>
/// <remarks>The file keeps its own journal: after a kill whoever opens the file next takes back what was not committed.</remarks>
sealed class ExistingSqlite : IDisposable
{
    /// <summary>Rows on their way wait here until it is known which of those in the table they replace.</summary>
    const string Waiting = "temp.quern_rows";

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
    /// <param name="next">The next chunk; null after the last.</param>
    /// <param name="cancel">Ends it.</param>
    /// <returns>Rows that came.</returns>
    /// <exception cref="QuernException">The table has other columns, or does not take a row.</exception>
    /// <exception cref="SqliteException">It failed for another reason.</exception>
    public long Change(Shipment shipment, Func<Chunk?> next, CancellationToken cancel)
    {
        var options = _table.Options;
        var exists = ExistingColumns.Read(_connection, _table.Name) is { Count: > 0 };
        if (exists && options.Mode == LoadMode.Create) throw SqliteFaults.Exists(_name, _table.Name);
        var byKey = options.Key.Count > 0 && options.Mode is LoadMode.Replace or LoadMode.Merge;
        var whole = options.Mode == LoadMode.Replace && !byKey && shipment.Scope is null;
        if (exists && !Fits(mayRemake: whole && options.MayRemake))
        {
            _connection.Execute($"drop table {_relation}", cancel);
            exists = false;
        }
        if (!exists) _connection.Execute(_table.Create(_relation), cancel);
        long sent;
        if (byKey)
        {
            sent = ByKey(next, cancel);
        }
        else
        {
            if (exists && whole) _connection.Execute($"delete from {_relation}", cancel);
            if (exists && options.Mode == LoadMode.Replace && shipment.Scope is { } scope)
                _connection.Execute($"delete from {_relation} where {ScopeText.Condition(scope)}", cancel);
            (sent, Rows) = Insert(_relation, next, cancel);
        }
        foreach (var index in _table.CreateIndexes()) _connection.Execute(index, cancel);
        return sent;
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

    (long Sent, long Confirmed) Insert(string relation, Func<Chunk?> next, CancellationToken cancel)
    {
        var before = _connection.Number($"select count(*) from {relation}");
        using var rows = new RowInserter(_connection, _table, relation, _name);
        while (next() is { } chunk)
        {
            cancel.ThrowIfCancellationRequested();
            rows.Insert(chunk);
        }
        // Not the count of changes, to which triggers add.
        return (rows.Rows, _connection.Number($"select count(*) from {relation}") - before);
    }

    long ByKey(Func<Chunk?> next, CancellationToken cancel)
    {
        _connection.Execute(_table.Create(Waiting), cancel);
        var (sent, waiting) = Insert(Waiting, next, cancel);
        var keys = new SqliteKeys(_connection, _table, Waiting, _name);
        keys.Check();
        if (_table.Options.Mode == LoadMode.Merge)
        {
            Rows = Math.Min(waiting, keys.Merge(_relation, cancel));
            _connection.Execute($"drop table {Waiting}", cancel);
            return sent;
        }
        var key = SqliteName.List(_table.Options.Key);
        _connection.Execute($"delete from {_relation} where ({key}) in (select {key} from {Waiting})", cancel);
        var before = _connection.Number($"select count(*) from {_relation}");
        var columns = SqliteName.List(_table.Columns);
        _connection.Execute($"insert into {_relation} ({columns}) select {columns} from {Waiting}", cancel);
        var after = _connection.Number($"select count(*) from {_relation}");
        _connection.Execute($"drop table {Waiting}", cancel);
        Rows = Math.Min(waiting, after - before);
        return sent;
    }
}
