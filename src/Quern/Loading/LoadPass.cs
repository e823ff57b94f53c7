using Quern.Converting.Sources;
using Quern.Csv.Inference;
using Quern.Delivery;
using Quern.Delivery.Sqlite;
using Quern.Delivery.Sqlite.Parts;
using Quern.Duck;
using Quern.Files;
using Quern.Running;

namespace Quern.Loading;

/// <summary>One load on an engine that is open: staged, then put in place; disposed without that, the destination is as it was.</summary>
/// <param name="run">Takes steps, counts rows, is told of what is made.</param>
/// <param name="request">What is asked for.</param>
/// <param name="source">The rows.</param>
/// <param name="destination">Where they go.</param>
/// <param name="rejects">Takes rows that the destination refuses; null when the first one ends the load.</param>
sealed class LoadPass(Run run, LoadRequest request, Source source, Destination destination, LoadRejects? rejects) : IDisposable
{
    StagedOutput? _staged;
    HeldRows? _held;

    /// <summary>Whether another run can be in the way of putting it in place: see <see cref="StagedOutput.IsContended"/>.</summary>
    public bool IsContended => _staged?.IsContended == true;

    /// <summary>Makes the rows known to the engine.</summary>
    /// <param name="database">The engine.</param>
    /// <param name="session">Where they are read.</param>
    /// <param name="reading">How.</param>
    public Shipment Open(DuckDatabase database, DuckSession session, Reading reading)
    {
        var relation = source.Open(session, reading);
        return new Shipment
        {
            Relation = relation,
            Table = request.Table ?? LoadTarget.Default(request),
            Columns = [.. source.Schema.Columns.Select(c => c.Name)],
            ExpectedRows = source is QuerySource or { Kind: "CSV" }
                ? null
                : source.CountRows(session, run.Cancellation) is >= 0 and var rows ? rows : null,
            AllowEmpty = request.AllowEmpty || (destination.IsFile && destination is not SqliteFile),
            Run = run,
            IsReadOnce = !source.ComesAgain,
            Restart = source.Restart,
            Refused = rejects,
            Locate = number => source.ComesAgain ? source.Places(database, [number]).FirstOrDefault() : null,
        };
    }

    /// <summary>Sends the rows, where nobody sees them yet, and accounts for each.</summary>
    /// <exception cref="QuernException">It failed; nothing has changed.</exception>
    public void Stage(DuckDatabase database, Shipment shipment)
    {
        run.Progress.Expect(source.Bytes);
        if (rejects is not null && !source.ComesInOrder) shipment = Hold(database, shipment);
        using var session = database.Connect();
        using (var step = run.Step($"load {destination.Name}"))
        {
            _staged = destination.Stage(database, shipment, run.Cancellation);
            step.Count(_staged?.Rows ?? 0, source.Bytes);
        }
        var refused = rejects?.Rows ?? 0;
        var repeated = _staged?.Repeated ?? 0;
        var written = _staged?.Rows ?? 0;
        rejects?.Settle(database);
        rejects?.Assert();
        source.Judge(run);
        // What the reader set aside is in the same file, and counted there.
        var rejected = rejects is null or { IsShared: true } ? source.Rejected : refused;
        var read = source.CountRows(session, run.Cancellation) is >= 0 and var counted ? counted : written + repeated + rejected;
        rejects?.Judge(run, read);
        SteadyInputs.Check(source.Files.Where(f => f.Path != CsvInference.StandardInput), run.Cancellation);
        run.Rows.CountRead(read, written, repeated, rejected);
        run.Rows.Assert();
        if (repeated > 0)
            run.Warn("QN8290", "rows were left out: another has their key, and comes first in the order of --dedupe", repeated);
        if (_staged is null) run.Warn("QN3212", $"{destination.Name} stays as it is: there is nothing to write");
    }

    /// <summary>Rows that are refused are found again by their numbers: so those of a query are kept, whose second run may have another
    /// order.</summary>
    Shipment Hold(DuckDatabase database, Shipment shipment)
    {
        using (run.Step("hold rows"))
            _held = HeldRows.Of(database, shipment.Relation, "*", shipment.Columns, run.Cancellation);
        source.ReadFrom(_held.Relation);
        return shipment with { Relation = _held.Relation };
    }

    /// <summary>Puts it in place.</summary>
    /// <returns>What is there now; null when there was nothing to write.</returns>
    /// <exception cref="QuernException">It is not in place, and the destination is as it was.</exception>
    public RunOutput? Commit()
    {
        if (_staged is null) return null;
        run.Cancellation.ThrowIfCancellationRequested();
        using var step = run.Step("commit");
        var output = _staged.Commit();
        run.Rows.CountWritten(output.Rows);
        run.Made(output);
        run.CountSource(source.Bytes);
        return output;
    }

    /// <summary>Puts in place what was set aside, however the load ended.</summary>
    public void SetAside(DuckDatabase database)
    {
        rejects?.Settle(database);
        _held?.Dispose();
        _held = null;
        source.Complete();
        rejects?.Complete();
    }

    /// <summary>Removes what was staged, unless it is in place.</summary>
    public void Dispose()
    {
        _staged?.Dispose();
        _staged = null;
    }
}
