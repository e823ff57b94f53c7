using Quern.Delivery.DuckDb;
using Quern.Delivery.Sqlite.Native;
using Quern.Duck;
using Quern.Files;

namespace Quern.Delivery.Sqlite;

/// <summary>
/// A table in a SQLite database. In a database that exists, one transaction changes it; a new database is made beside its place and
/// renamed.
/// </summary>
/// <param name="name">The place as the user wrote it.</param>
/// <param name="path">Its absolute path.</param>
/// <param name="options">How it is written.</param>
sealed class SqliteFile(string name, string path, SqliteOptions options) : Destination(name, path)
{
    /// <summary>True when a name says that a SQLite database is meant.</summary>
    /// <param name="path">Ends in <c>.sqlite</c> or <c>.sqlite3</c> then.</param>
    public static bool IsNamed(string path) =>
        System.IO.Path.GetExtension(path).ToLowerInvariant() is ".sqlite" or ".sqlite3";

    /// <inheritdoc/>
    public override string Kind => "sqlite";

    /// <inheritdoc/>
    public override string Effect => !File.Exists(Path) ? "makes the database" : options.Mode switch
    {
        LoadMode.Append => "adds the rows to the table",
        LoadMode.Create => "adds the table to the database",
        LoadMode.Merge => "replaces the rows with the same key, others stay",
        _ when options.Key.Count > 0 => "replaces the rows with the same key, others stay",
        _ => "replaces the rows of the run's source and days, or the table; others stay",
    };

    /// <inheritdoc/>
    public override void Check()
    {
        SqliteLibrary.Load();
        AtomicFile.Check(Path, Name);
        if (!File.Exists(Path)) return;
        // Source: "Database File Format", section 1.3; an empty file is an empty database.
        Span<byte> head = stackalloc byte[16];
        using var stream = FileBytes.Open(Path, Name);
        var read = stream.ReadAtLeast(head, head.Length, throwOnEndOfStream: false);
        if (read > 0 && !head[..read].SequenceEqual("SQLite format 3\0"u8)) throw SqliteFaults.NoDatabase(Name);
    }

    /// <inheritdoc/>
    internal override StagedOutput? Stage(DuckDatabase database, Shipment shipment, CancellationToken cancel)
    {
        if (File.Exists(Path))
        {
            Check();
            return shipment.Scope?.Days.Count == 0 ? null : StageRows(database, shipment, cancel);
        }
        var file = AtomicFile.Create(Path, Name);
        try
        {
            var (rows, repeated) = Make(database, file.TempPath, shipment, cancel);
            return new StagedDatabase(this, file, rows, () => StageRows(database, Again(shipment), CancellationToken.None), repeated);
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    (long Rows, long Repeated) Make(DuckDatabase database, string temp, Shipment shipment, CancellationToken cancel)
    {
        using var session = database.Connect();
        return Guard(shipment.Table, () =>
        {
            var (table, columns) = SqliteRows.Of(database, session, this, shipment, options);
            using var keyed = KeyedRows.AreMeant(options) ? KeyedRows.Of(database, this, shipment, table, columns, cancel) : null;
            var feed = new RowFeed(database, session, this, shipment, columns, keyed);
            using var writer = new SqliteWriter(temp, Name, table) { Refuse = feed.Refuse, Locate = feed.Place };
            feed.Send(feed.All, writer.Write, cancel);
            var taken = writer.Rows;
            var confirmed = writer.Complete(cancel);
            return (Confirmed(shipment, taken, confirmed, keyed), keyed?.Repeated ?? 0);
        });
    }

    StagedOutput? StageRows(DuckDatabase database, Shipment shipment, CancellationToken cancel)
    {
        // Through links: the journal lies beside the name that it is given, and must be found by whoever opens the file.
        var real = Libc.RealPath(Path, 0) ?? Path;
        using var session = database.Connect();
        return Guard<StagedOutput?>(shipment.Table, () =>
        {
            shipment.Refused?.Clear();
            var (table, columns) = SqliteRows.Of(database, session, this, shipment, options);
            using var keyed = KeyedRows.AreMeant(options) ? KeyedRows.Of(database, this, shipment, table, columns, cancel) : null;
            var feed = new RowFeed(database, session, this, shipment, columns, keyed);
            var existing = ExistingSqlite.Begin(real, Name, table);
            try
            {
                var taken = existing.Change(shipment, feed, cancel);
                var isNothing = taken == 0 && shipment.Refused is null or { Rows: 0 };
                if (isNothing && !shipment.AllowEmpty && shipment.Scope is null && options.Mode == LoadMode.Replace)
                {
                    existing.Dispose();
                    return null;
                }
                Confirmed(shipment, taken, existing.Rows, keyed);
                return new StagedSqlite(this, existing, e => SqliteFaults.Of(e, Path, Name, shipment.Table), keyed?.Repeated ?? 0);
            }
            catch
            {
                existing.Dispose();
                throw;
            }
        });
    }

    /// <summary>Each row is there, was set aside, or has the key of another.</summary>
    long Confirmed(Shipment shipment, long taken, long confirmed, KeyedRows? keyed)
    {
        if (shipment.Rows is { } rows) Confirm(rows - (shipment.Refused?.Rows ?? 0) - (keyed?.Repeated ?? 0), taken);
        Confirm(taken, confirmed);
        return confirmed;
    }

    T Guard<T>(string table, Func<T> work)
    {
        try
        {
            return work();
        }
        catch (SqliteException e)
        {
            throw SqliteFaults.Of(e, Path, Name, table);
        }
    }
}
