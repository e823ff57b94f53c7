using Quern.Chunks;
using Quern.Delivery.Postgres.Address;
using Quern.Delivery.Postgres.Copying;
using Quern.Delivery.Postgres.Importing;
using Quern.Delivery.Postgres.Sessions;
using Quern.Delivery.Postgres.Typing;
using Quern.Duck;

namespace Quern.Delivery.Postgres;

/// <summary>A table in PostgreSQL. All is in one transaction, which is open until the commit: whatever ends a load before that, the table
/// is as it was.</summary>
/// <param name="address">The database.</param>
/// <param name="table">The table.</param>
/// <param name="settings">What is asked for.</param>
sealed class PostgresTable(PostgresAddress address, TargetName table, PostgresSettings settings)
    : Destination($"{address.Name} {table}", $"{address.Name} {table}")
{
    /// <inheritdoc/>
    public override string Kind => "postgres";

    /// <inheritdoc/>
    public override bool IsFile => false;

    /// <inheritdoc/>
    public override string Effect => settings.Mode switch
    {
        LoadMode.Create => "makes the table",
        LoadMode.Append => "adds rows to the table",
        LoadMode.Replace => "replaces rows of the table",
        _ => "changes rows of the table and adds new ones",
    };

    /// <inheritdoc/>
    public override void Check()
    {
        using var session = PostgresSession.Open(address);
        try
        {
            PostgresPlan.Find(session, address, table, settings);
        }
        catch (Exception e) when (PostgresFaults.Of(e, $"{address.Name}, table {table}") is QuernException fault && fault != e)
        {
            throw fault;
        }
    }

    /// <inheritdoc/>
    internal override IReadOnlyCollection<string> TakenAsText(IReadOnlyList<Column> columns)
    {
        using var session = PostgresSession.Open(address);
        if (TargetTable.Find(session, table) is not { } found) return [];
        return [.. columns.Where(c => PostgresPlan.Match(found, c.Name) is { } to && RoutePlanner.KeepsText(c.Type, to)).Select(c => c.Name)];
    }

    /// <inheritdoc/>
    internal override IEnumerable<string> Lines(DuckDatabase database, Shipment shipment)
    {
        using var session = PostgresSession.Open(address, cancel: shipment.Run?.Cancellation ?? CancellationToken.None);
        try
        {
            var lines = Plan(session, Rows(database, shipment), shipment).Lines();
            if (settings.Import is not { } bucket) return [.. lines];
            return
            [
                .. lines,
                $"bucket {bucket.Name}: {bucket.WhyNot(CancellationToken.None) ?? "ready"}",
                $"the server's import: {S3Import.WhyNot(session) ?? "ready"}",
            ];
        }
        catch (Exception e) when (PostgresFaults.Of(e, $"{address.Name}, table {table}") is QuernException fault && fault != e)
        {
            throw fault;
        }
    }

    /// <inheritdoc/>
    internal override StagedOutput? Stage(DuckDatabase database, Shipment shipment, CancellationToken cancel)
    {
        if (shipment.Scope?.Days.Count == 0) return null;
        if (shipment is { Rows: 0, AllowEmpty: false } && Empties(shipment)) return null;
        var rows = Rows(database, shipment);
        var faults = new RowFaults(database, shipment, $"{address.Name}, table {table}");
        try
        {
            return Retry.Run(settings.RetryBudget, shipment, () => Attempt(database, shipment, rows, cancel), cancel);
        }
        catch (RefusedRowException e)
        {
            throw faults.Of(e.Row.Number < 0 && !shipment.IsReadOnce ? Found(e) : e);
        }
        catch (Exception e) when (PostgresFaults.Of(e, $"{address.Name}, table {table}") is QuernException fault && fault != e)
        {
            throw fault;
        }

        RefusedRowException Found(RefusedRowException e)
        {
            try
            {
                return Search(database, shipment, rows, cancel) ?? e;
            }
            catch (Exception lost) when (PostgresFaults.Of(lost, "") is QuernException and not { Fault.Code: "QN8285" })
            {
                // The row stays untold: what the server said of it is known.
                return e;
            }
        }
    }

    /// <summary>Sends the rows once more, in blocks that are halved until the row is found that the server did not tell.</summary>
    RefusedRowException? Search(DuckDatabase database, Shipment shipment, Schema rows, CancellationToken cancel)
    {
        try
        {
            Attempt(database, shipment with { Refused = new FirstRefused() }, rows, cancel)?.Dispose();
            return null;
        }
        catch (RefusedRowException found)
        {
            return found;
        }
    }

    bool Empties(Shipment shipment) => shipment.Scope is not null || settings.Mode == LoadMode.Replace;

    static Schema Rows(DuckDatabase database, Shipment shipment)
    {
        using var session = database.Connect();
        using var rows = session.Query(
            $"select {Sql.Names([.. shipment.DatabaseColumns, .. shipment.Columns])} from {shipment.Relation} limit 0");
        return rows.Schema;
    }

    PostgresPlan Plan(PostgresSession session, Schema rows, Shipment shipment) =>
        PostgresPlan.Of(session, address, table, rows, settings, shipment.Scope)
        with
        { ExpectedRows = shipment.Rows ?? shipment.ExpectedRows };

    StagedLoad? Attempt(DuckDatabase database, Shipment shipment, Schema rows, CancellationToken cancel)
    {
        shipment.Restart();
        shipment.Refused?.Clear();
        var connection = PostgresSession.Open(address, settings.LockTimeout, cancel);
        var work = new LoadAttempt(connection, session => Plan(session, rows, shipment), database, shipment, cancel);
        try
        {
            work.Run();
            if (work.Read == 0 && !shipment.AllowEmpty && Empties(shipment))
            {
                work.Dispose();
                return null;
            }
            Confirm(work.Read - work.Refused - work.Repeated, work.Confirmed);
            // Of an attempt that succeeds: one that is made again says the same again.
            foreach (var note in work.Notes) shipment.Run?.Warn("QN8280", note);
            return new StagedLoad(this, work);
        }
        catch
        {
            work.Dispose();
            throw;
        }
    }
}
