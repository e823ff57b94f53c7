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
            var rows = Make(database, file.TempPath, shipment, cancel);
            return new StagedDatabase(this, file, rows, () => StageRows(database, Again(shipment), CancellationToken.None));
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    long Make(DuckDatabase database, string temp, Shipment shipment, CancellationToken cancel)
    {
        using var session = database.Connect();
        return Guard(shipment.Table, () =>
        {
            var (table, columns) = SqliteRows.Of(database, session, this, shipment, options);
            using var writer = new SqliteWriter(temp, Name, table)
            {
                ChecksKeys = options.Key.Count > 0 && options.Mode is LoadMode.Replace or LoadMode.Merge,
            };
            using var rows = Write(database, () => session.Query($"select {columns} from {shipment.Relation}", cancel));
            while (Write(database, rows.Next) is { } chunk) writer.Write(chunk);
            var confirmed = writer.Complete(cancel);
            Confirm(shipment.Rows ?? writer.Rows, confirmed);
            return confirmed;
        });
    }

    StagedOutput? StageRows(DuckDatabase database, Shipment shipment, CancellationToken cancel)
    {
        // Through links: the journal lies beside the name that it is given, and must be found by whoever opens the file.
        var real = Libc.RealPath(Path, 0) ?? Path;
        using var session = database.Connect();
        return Guard<StagedOutput?>(shipment.Table, () =>
        {
            var (table, columns) = SqliteRows.Of(database, session, this, shipment, options);
            var existing = ExistingSqlite.Begin(real, Name, table);
            try
            {
                using var rows = Write(database, () => session.Query($"select {columns} from {shipment.Relation}", cancel));
                var sent = existing.Change(shipment, () => Write(database, rows.Next), cancel);
                if (sent == 0 && !shipment.AllowEmpty && shipment.Scope is null && options.Mode == LoadMode.Replace)
                {
                    existing.Dispose();
                    return null;
                }
                Confirm(shipment.Rows ?? sent, existing.Rows);
                return new StagedSqlite(this, existing, e => SqliteFaults.Of(e, Path, Name, shipment.Table));
            }
            catch
            {
                existing.Dispose();
                throw;
            }
        });
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
