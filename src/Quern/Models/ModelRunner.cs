using Quern.Duck;
using Quern.Projects;
using Quern.Running;

namespace Quern.Models;

/// <summary>Builds compiled models in a database, one after another, and drops each table once nothing reads it any more.</summary>
/// <param name="run">Takes a step for each table.</param>
/// <param name="session">The database.</param>
/// <param name="models">The models in an order in which they can be built.</param>
/// <param name="keep">Names of the models that are wanted at the end; what a wanted view reads stays with it.</param>
/// <param name="batches">The parts in which models that allow it are built.</param>
/// <param name="sourceBytes">Bytes behind a source, as <c>source(schema, table)</c> names it: <c>schema.table</c>.</param>
public sealed class ModelRunner(
    Run run,
    DuckSession session,
    IReadOnlyList<CompiledModel> models,
    IReadOnlyCollection<string> keep,
    DayBatches batches,
    Func<string, long> sourceBytes)
{
    readonly Dictionary<string, string> _lastReader = ModelLineage.LastReaders(models, keep);
    readonly Dictionary<string, long> _bytes =
        ModelLineage.Sources(models).ToDictionary(s => s.Key, s => s.Value.Sum(sourceBytes), StringComparer.Ordinal);
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
            if (model.Materialization == Materialization.View) Execute(model, Statement(model));
            else BuildTable(model);
            DropAfter(model);
        }
        session.StopProfiling();
    }

    /// <summary>The statement that builds a model whole.</summary>
    public static string Statement(CompiledModel model) => Create(model, model.Sql);

    static string Create(CompiledModel model, string sql) =>
        $"create or replace {(model.Materialization == Materialization.View ? "view" : "table")} {Sql.Name(model.Name)} as\n{sql.Trim()}";

    void BuildTable(CompiledModel model)
    {
        using var step = run.Step(model.Name);
        var bytes = _bytes[model.Name];
        using (new ReadMeter(run, bytes))
        {
            if (model.IsBatched) BuildInBatches(model, step);
            else step.CountSpill(Execute(model, Statement(model)));
        }
        step.Count(session.Scalar<long>($"select count(*) from {Sql.Name(model.Name)}", run.Cancellation), bytes);
    }

    /// <summary>When a part does not fit into memory, the model begins anew with twice as many; later models keep the number.</summary>
    void BuildInBatches(CompiledModel model, Step step)
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
                    spill = Math.Max(spill, Execute(model, first ? Create(model, sql) : $"insert into {Sql.Name(model.Name)}\n{sql}"));
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
            run.Warn("QN7201", $"{model.Name} was built in {_batches.Count} parts instead of {planned}: they did not fit into memory");
    }

    static bool IsShortOfMemory(Fault fault) =>
        fault is DuckFault { Kind: DuckErrorKind.OutOfMemory } engine && !SpillFault.IsFull(engine);

    /// <returns>Bytes in the temporary folder at the most.</returns>
    long Execute(CompiledModel model, string sql)
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
            throw new QuernException(fault with { Where = model.Path + place }, e);
        }
    }

    void DropAfter(CompiledModel model)
    {
        foreach (var (name, _) in _lastReader.Where(l => l.Value == model.Name))
            session.Execute($"drop table {Sql.Name(name)}", run.Cancellation);
    }
}
