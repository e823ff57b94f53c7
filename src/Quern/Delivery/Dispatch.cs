using Quern.Duck;
using Quern.Running;

namespace Quern.Delivery;

/// <summary>Delivers a table to several destinations: it is put in place nowhere before it is ready everywhere.</summary>
static class Dispatch
{
    /// <summary>Writes the table for each destination, then puts them in place one after the other.</summary>
    /// <param name="run">Takes a step for each destination, and counts rows and outputs that are in place.</param>
    /// <param name="database">Holds the table.</param>
    /// <param name="shipment">The table.</param>
    /// <param name="destinations">Where it goes.</param>
    /// <exception cref="QuernException">One of them failed: until all were ready, every destination is as it was; after
    /// that those in the report have the table.</exception>
    /// <exception cref="OperationCanceledException">The run was cancelled before all were ready.</exception>
    public static void Send(Run run, DuckDatabase database, Shipment shipment, IEnumerable<Destination> destinations)
    {
        var ready = new List<StagedOutput>();
        try
        {
            foreach (var destination in destinations)
            {
                using var step = run.Step($"write {destination.Name}");
                if (destination.Stage(database, shipment, run.Cancellation) is { } staged) ready.Add(staged);
                else run.Warn("QN3212", $"{destination.Name} stays as it is: there is nothing to write");
                step.Count(shipment.Rows ?? ready[^1].Rows, 0);
            }
            run.Cancellation.ThrowIfCancellationRequested();
            using (run.Step("put outputs in place")) Commit(run, ready);
        }
        finally
        {
            foreach (var staged in ready) staged.Dispose();
        }
    }

    /// <summary>The report names what is in place in the order in which it was asked for, whatever went first.</summary>
    static void Commit(Run run, List<StagedOutput> ready)
    {
        var outputs = new RunOutput?[ready.Count];
        try
        {
            foreach (var i in Enumerable.Range(0, ready.Count).OrderByDescending(i => ready[i].IsContended))
                outputs[i] = ready[i].Commit();
        }
        finally
        {
            foreach (var output in outputs.OfType<RunOutput>())
            {
                run.Rows.CountWritten(output.Rows);
                run.Made(output);
            }
        }
    }
}
