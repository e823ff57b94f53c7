using Quern.Duck;
using Quern.Files;

namespace Quern.Delivery.DuckDb;

/// <summary>
/// A table in a DuckDB database. In a database that exists, one transaction replaces the rows in the shipment's scope; a
/// new database is made beside its place and renamed.
/// </summary>
sealed class DuckDbFile(string name, string path) : Destination(name, path)
{
    /// <inheritdoc/>
    public override string Kind => "duckdb";

    /// <inheritdoc/>
    public override string Effect =>
        File.Exists(Path) ? "replaces the rows of the run's source and days, others stay" : "makes the database";

    /// <inheritdoc/>
    public override void Check()
    {
        AtomicFile.Check(Path, Name);
        if (!File.Exists(Path)) return;
        // The main header: 8 bytes of checksum, then the magic bytes (DuckDB storage format).
        Span<byte> head = stackalloc byte[12];
        using var stream = FileBytes.Open(Path, Name);
        var read = stream.ReadAtLeast(head, head.Length, throwOnEndOfStream: false);
        if (read == head.Length && head[8..].SequenceEqual("DUCK"u8)) return;
        throw new QuernException(new Fault("QN8102", "the output exists and is no DuckDB database")
        {
            Where = Name,
            Try = ["--to another name", $"rm {Name}"],
            ExitCode = ExitCode.Usage,
        });
    }

    /// <inheritdoc/>
    internal override StagedOutput? Stage(DuckDatabase database, Shipment shipment, CancellationToken cancel)
    {
        if (File.Exists(Path))
            return shipment.Scope?.Days.Count == 0 ? null : StageRows(database, shipment, cancel);
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

    StagedRows StageRows(DuckDatabase database, Shipment shipment, CancellationToken cancel)
    {
        // Through links: the engine's log lies beside the name that it is given, and must be found by whoever opens the file.
        var attached = Attach(database, Libc.RealPath(Path, 0) ?? Path, cancel);
        try
        {
            return new StagedRows(this, database, attached, Fill(database, attached, shipment, cancel));
        }
        catch
        {
            attached.Dispose();
            throw;
        }
    }

    long Make(DuckDatabase database, string path, Shipment shipment, CancellationToken cancel)
    {
        using var attached = Attach(database, path, cancel);
        var rows = Fill(database, attached, shipment, cancel);
        return Write(database, () =>
        {
            attached.Commit();
            attached.Checkpoint();
            return rows;
        });
    }

    long Fill(DuckDatabase database, AttachedDatabase attached, Shipment shipment, CancellationToken cancel)
    {
        var rows = Write(database, () => attached.Replace(shipment, this, cancel));
        Confirm(shipment.Rows ?? rows, rows);
        return rows;
    }

    AttachedDatabase Attach(DuckDatabase database, string path, CancellationToken cancel)
    {
        try
        {
            return AttachedDatabase.Attach(database, path, cancel);
        }
        catch (QuernException e) when (e.Fault is DuckFault fault)
        {
            throw OutputFaults.DiskFull(e, Path, Name) ?? (AttachedDatabase.LockHolder(fault.What) is { } holder
                ? InUse(holder, e)
                : NotOpened(fault.What, e));
        }
    }

    QuernException InUse(string holder, Exception cause) => new(
        new Fault("QN8103", "another process has the database open")
        {
            Where = Name,
            Value = holder,
            Try = ["close the other process, then run again", "--to another name"],
            ExitCode = ExitCode.Unreachable,
        },
        cause);

    QuernException NotOpened(string reason, Exception cause) => new(
        new Fault("QN8106", "the database cannot be opened")
        {
            Where = Name,
            Value = reason,
            Wanted = $"a database that DuckDB {DuckLibrary.Version} reads",
            Try = ["--to another name"],
        },
        cause);
}
