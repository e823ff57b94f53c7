using System.Text;
using Quern.Duck;
using Quern.Files;
using Quern.Running;

namespace Quern.Delivery.DuckDb;

/// <summary>
/// A table in a DuckDB database. In a database that exists, one transaction replaces the rows in the shipment's scope; a new
/// database is made beside its place and renamed.
/// </summary>
public sealed class DuckDbFile(string name, string path) : Destination(name, path)
{
    const string Catalog = "quern_destination";

    /// <inheritdoc/>
    public override string Kind => "duckdb";

    /// <inheritdoc/>
    public override string Effect => File.Exists(Path) ? "replaces the rows of the run's source and days, others stay" : "makes the database";

    /// <inheritdoc/>
    public override void Check()
    {
        AtomicFile.Check(Path);
        if (!File.Exists(Path)) return;
        // The main header: 8 bytes of checksum, then the magic bytes (DuckDB storage format).
        Span<byte> head = stackalloc byte[12];
        using var stream = File.OpenRead(Path);
        if (stream.ReadAtLeast(head, head.Length, throwOnEndOfStream: false) == head.Length && head[8..].SequenceEqual("DUCK"u8)) return;
        throw new QuernException(new Fault("QN8102", "the output exists and is no DuckDB database")
        {
            Where = Name,
            Try = ["--to another name", $"rm {Name}"],
            ExitCode = ExitCode.Usage,
        });
    }

    /// <inheritdoc/>
    public override RunOutput? Deliver(DuckSession session, Shipment shipment, CancellationToken cancel)
    {
        if (shipment.Scope.Days.Count == 0 && File.Exists(Path)) return null;
        if (File.Exists(Path)) return new RunOutput(Name, Kind, Into(session, Path, shipment, cancel), new FileInfo(Path).Length);
        using var file = AtomicFile.Create(Path);
        var rows = Into(session, file.TempPath, shipment, cancel);
        return new RunOutput(Name, Kind, rows, file.Commit());
    }

    long Into(DuckSession session, string path, Shipment shipment, CancellationToken cancel)
    {
        Attach(session, path, cancel);
        try
        {
            long rows = 0;
            DiskFull.Named(Name, path, () =>
            {
                session.Execute("begin", cancel);
                try
                {
                    rows = Replace(session, shipment, cancel);
                    session.Execute("commit", CancellationToken.None);
                }
                catch
                {
                    session.Execute("rollback", CancellationToken.None);
                    throw;
                }
                session.Execute($"checkpoint {Catalog}", CancellationToken.None);
            });
            return rows;
        }
        finally
        {
            session.Execute($"detach {Catalog}", CancellationToken.None);
        }
    }

    void Attach(DuckSession session, string path, CancellationToken cancel)
    {
        try
        {
            session.Execute($"attach {Sql.Text(path)} as {Catalog}", cancel);
        }
        catch (QuernException e) when (e.Fault.What.Contains("Conflicting lock", StringComparison.Ordinal))
        {
            throw new QuernException(
                new Fault("QN8103", "another process has the database open")
                {
                    Where = Name,
                    Value = e.Fault.What,
                    Try = ["close the other process, then run again", "--to another name"],
                    ExitCode = ExitCode.Unreachable,
                },
                e);
        }
    }

    long Replace(DuckSession session, Shipment shipment, CancellationToken cancel)
    {
        var table = $"{Catalog}.main.{Sql.Name(shipment.Table)}";
        string[] columns = [.. shipment.DatabaseColumns, .. shipment.Columns];
        session.Execute($"create table if not exists {table} as select {Sql.Names(columns)} from {shipment.Relation} limit 0", cancel);
        CheckColumns(session, shipment, columns, cancel);
        session.Execute($"delete from {table} where {shipment.Scope.Condition}", cancel);
        session.Execute($"insert into {table} ({Sql.Names(columns)}) select {Sql.Names(columns)} from {shipment.Relation}", cancel);
        var confirmed = session.Scalar<long>($"select count(*) from {table} where {shipment.Scope.Condition}", cancel);
        Confirm(shipment.Rows, confirmed);
        return confirmed;
    }

    void CheckColumns(DuckSession session, Shipment shipment, string[] columns, CancellationToken cancel)
    {
        string Of(string catalog, string table, IEnumerable<string> names) => session.Scalar<string>(
            $"""
            select coalesce(string_agg(column_name || ' ' || data_type, ', ' order by column_name), '')
            from duckdb_columns()
            where database_name = {Sql.Text(catalog)} and table_name = {Sql.Text(table)} and schema_name = 'main'
                and list_contains({Sql.Texts(names)}, column_name)
            """, cancel)!;

        var there = Of(Catalog, shipment.Table, columns);
        var wanted = Of("memory", shipment.Relation, columns);
        if (there == wanted) return;
        var missing = wanted.Split(", ").Except(there.Split(", ")).Take(3);
        throw new QuernException(new Fault("QN8104", "the table in the database has other columns")
        {
            Where = $"{Name}, table {shipment.Table}",
            Wanted = new StringBuilder().AppendJoin(", ", missing).ToString(),
            Try = ["--to another database", $"rename or drop the table {shipment.Table} there"],
        });
    }
}
