using System.Text.RegularExpressions;
using Quern.Duck;

namespace Quern.Delivery.DuckDb;

/// <summary>A database file that is attached to the engine, with a transaction open in it; disposed, it is let go.</summary>
sealed partial class AttachedDatabase : IDisposable
{
    /// <summary>Names and types of columns, in ordinal order.</summary>
    const string Described = "select coalesce(string_agg(name || ' ' || type, ', ' order by name), '')";

    readonly DuckDatabase _database;
    readonly DuckSession _session;
    readonly string _path;
    readonly string _catalog;
    bool _isGone;

    AttachedDatabase(DuckDatabase database, DuckSession session, string path)
    {
        _database = database;
        _session = session;
        _path = path;
        // Attached databases share one list of names; a path is in it once.
        _catalog = $"to {path}";
    }

    /// <summary>The table that was replaced, in the session that has it open; null before.</summary>
    public (DuckSession Session, string Relation)? Table { get; private set; }

    /// <summary>Attaches a file, which need not exist, and begins a transaction.</summary>
    public static AttachedDatabase Attach(DuckDatabase database, string path, CancellationToken cancel)
    {
        var attached = new AttachedDatabase(database, database.Connect(), path);
        try
        {
            attached._session.Execute($"attach {Sql.Text(path)} as {Sql.Name(attached._catalog)}", cancel);
        }
        catch
        {
            attached._session.Dispose();
            throw;
        }
        try
        {
            attached._session.Execute("begin", cancel);
            return attached;
        }
        catch
        {
            attached.Dispose();
            throw;
        }
    }

    /// <summary>Who holds the lock of a file, out of the engine's message; null when the message says something else.</summary>
    public static string? LockHolder(string message)
    {
        if (!message.Contains("Conflicting lock", StringComparison.Ordinal)) return null;
        var holder = Holder().Match(message);
        return holder.Success ? $"process {holder.Groups[2].Value}, {holder.Groups[1].Value}" : message;
    }

    /// <summary>Replaces the rows in a shipment's scope, or without one the table.</summary>
    /// <param name="shipment">The table.</param>
    /// <param name="to">The file.</param>
    /// <param name="cancel">Ends it.</param>
    /// <returns>Rows in the scope now.</returns>
    /// <exception cref="QuernException">QN8104 the table there has other columns; else what the engine says.</exception>
    public long Replace(Shipment shipment, Destination to, CancellationToken cancel)
    {
        var table = $"{Sql.Name(_catalog)}.main.{Sql.Name(shipment.Table)}";
        Table = (_session, table);
        string[] columns = [.. shipment.DatabaseColumns, .. shipment.Columns];
        var select = $"select {Sql.Names(columns)} from {shipment.Relation}";
        if (shipment.Scope is not { } scope)
        {
            if (to.MustBeNew && Exists(shipment.Table, cancel)) throw to.Occupied(shipment.Table);
            _session.Execute($"create or replace table {table} as {select}", cancel);
            return _session.Scalar<long>($"select count(*) from {table}", cancel);
        }
        _session.Execute($"create table if not exists {table} as {select} limit 0", cancel);
        CheckColumns(shipment, columns, to.Name, cancel);
        _session.Execute($"delete from {table} where {scope.Condition}", cancel);
        _session.Execute($"insert into {table} ({Sql.Names(columns)}) {select}", cancel);
        return _session.Scalar<long>($"select count(*) from {table} where {scope.Condition}", cancel);
    }

    /// <summary>Makes what was done permanent. Not to be interrupted: it is done, or it is not.</summary>
    public void Commit() => _session.Execute("commit");

    /// <summary>Moves what was committed from the log into the file itself, and removes the log.</summary>
    public void Checkpoint() => _session.Execute($"checkpoint {Sql.Name(_catalog)}");

    /// <summary>Takes back what was not committed, and lets go of the file.</summary>
    public void Dispose()
    {
        if (_isGone) return;
        _isGone = true;
        // Closing the session rolls back.
        _session.Dispose();
        try
        {
            using var session = _database.Connect();
            session.Execute($"detach {Sql.Name(_catalog)}");
            // A commit that found the disk full leaves an empty log behind; opening the file removes it.
            if (new FileInfo(_path + ".wal") is not { Exists: true, Length: 0 }) return;
            session.Execute($"attach {Sql.Text(_path)} as {Sql.Name(_catalog)}; detach {Sql.Name(_catalog)}");
        }
        catch (QuernException)
        {
            // After a full disk the engine may refuse to touch the database; the end of the engine lets go of it, too.
        }
    }

    bool Exists(string table, CancellationToken cancel) => _session.Scalar<bool>(
        $"""
        select count(*) > 0 from (select database_name, schema_name, table_name as name from duckdb_tables()
            union all select database_name, schema_name, view_name from duckdb_views())
        where database_name = {Sql.Text(_catalog)} and schema_name = 'main' and lower(name) = lower({Sql.Text(table)})
        """, cancel);

    void CheckColumns(Shipment shipment, string[] columns, string name, CancellationToken cancel)
    {
        var there = _session.Scalar<string>(
            $"""
            {Described} from (
                select column_name as name, data_type as type from duckdb_columns()
                where database_name = {Sql.Text(_catalog)} and schema_name = 'main' and table_name = {Sql.Text(shipment.Table)}
                    and list_contains({Sql.Texts(columns)}, column_name))
            """, cancel)!;
        var wanted = _session.Scalar<string>(
            $"""
            {Described} from (
                select column_name as name, column_type as type
                from (describe select {Sql.Names(columns)} from {shipment.Relation}))
            """, cancel)!;
        if (there == wanted) return;
        var missing = wanted.Split(", ").Except(there.Split(", "), StringComparer.Ordinal).Take(3);
        throw new QuernException(new Fault("QN8104", "the table in the database has other columns")
        {
            Where = $"{name}, table {shipment.Table}",
            Wanted = string.Join(", ", missing),
            Try = ["--to another database", $"rename or drop the table {shipment.Table} there"],
        });
    }

    [GeneratedRegex(@"held in (.+) \(PID (\d+)\)")]
    private static partial Regex Holder();
}
