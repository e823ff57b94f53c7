using Quern.Duck;
using Quern.Projects.Context;
using Quern.Running;

namespace Quern.Models;

/// <summary>Builds planned models in a database, one after another, and drops each table once nothing reads it any more.</summary>
/// <param name="run">Takes a step for each table.</param>
/// <param name="session">The database.</param>
/// <param name="models">The models in an order in which they can be built.</param>
/// <param name="keep">Ids of the models that are wanted at the end; what a wanted view reads stays with it.</param>
/// <param name="batches">The parts in which models that allow it are built.</param>
/// <param name="sourceBytes">Bytes behind a source, by its id.</param>
public sealed class ModelRunner(
    Run run,
    DuckSession session,
    IReadOnlyList<PlannedModel> models,
    IReadOnlyCollection<string> keep,
    DayBatches batches,
    Func<string, long> sourceBytes)
{
    readonly Dictionary<string, string> _lastReader = ModelLineage.LastReaders([.. models.Select(m => m.Node)], keep);
    readonly Dictionary<string, Relation> _relations = models.ToDictionary(m => m.Node.Id, m => m.Relation, StringComparer.Ordinal);
    readonly Dictionary<string, long> _bytes =
        ModelLineage.Sources([.. models.Select(m => m.Node)]).ToDictionary(s => s.Key, s => s.Value.Sum(sourceBytes), StringComparer.Ordinal);
    DayBatches _batches = batches;

    /// <summary>Builds them all.</summary>
    /// <exception cref="QuernException">A statement failed; the fault names the model.</exception>
    public void Build()
    {
        run.Progress.Expect(_bytes.Values.Sum());
        session.StartSpillProfiling();
        foreach (var model in models)
        {
            run.Cancellation.ThrowIfCancellationRequested();
            if (model.IsTable) BuildTable(model);
            else Execute(model, model.Statement);
            DropAfter(model);
        }
        session.StopProfiling();
    }

    void BuildTable(PlannedModel model)
    {
        using var step = run.Step(model.Node.Name);
        var bytes = _bytes[model.Node.Id];
        using (new ReadMeter(run, bytes))
        {
            if (model.IsBatched) BuildInBatches(model, step);
            else step.CountSpill(Execute(model, model.Statement));
        }
        step.Count(session.Scalar<long>($"select count(*) from {model.Relation.Render()}", run.Cancellation), bytes);
    }

    /// <summary>When a part does not fit into memory, the model begins anew with twice as many; later models keep the number.</summary>
    void BuildInBatches(PlannedModel model, Step step)
    {
        var planned = _batches.Count;
        long spill = 0;
        while (true)
        {
            try
            {
                var first = true;
                foreach (var part in _batches.Parts)
                {
                    var sql = model.SqlOf(part);
                    spill = Math.Max(spill, Execute(model, first ? model.Create(sql) : $"insert into {model.Relation.Render()}\n{sql}"));
                    first = false;
                }
                break;
            }
            catch (QuernException e) when (IsShortOfMemory(e.Fault) && _batches.Smaller() is { } smaller)
            {
                _batches = smaller;
            }
        }
        step.CountSpill(spill);
        if (_batches.Count > planned)
            run.Warn("QN7201", $"{model.Node.Name} was built in {_batches.Count} parts instead of {planned}: they did not fit into memory");
    }

    static bool IsShortOfMemory(Fault fault) =>
        fault is DuckFault { Kind: DuckErrorKind.OutOfMemory } engine && !SpillFault.IsFull(engine);

    /// <returns>Bytes in the temporary folder at the most.</returns>
    long Execute(PlannedModel model, string sql)
    {
        try
        {
            session.Execute(sql, run.Cancellation);
            return session.Profile()?.PeakTempBytes ?? 0;
        }
        catch (QuernException e) when (e.Fault is DuckFault fault)
        {
            // The statement begins with a line of its own: a place is a line of the rendered model.
            var place = fault.Place is { Line: > 1 } found ? $"\n{found with { Line = found.Line - 1 }}" : "";
            throw new QuernException(fault with { Where = model.Node.File + place }, e);
        }
    }

    void DropAfter(PlannedModel model)
    {
        foreach (var (id, _) in _lastReader.Where(l => l.Value == model.Node.Id))
            session.Execute($"drop table {_relations[id].Render()}", run.Cancellation);
    }
}
