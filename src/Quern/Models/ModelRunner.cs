using Quern.Duck;
using Quern.Projects;
using Quern.Running;

namespace Quern.Models;

/// <summary>Builds compiled models in a database, one after another, and drops each table once nothing reads it any more.</summary>
/// <param name="run">Takes a step for each table.</param>
/// <param name="session">The database.</param>
/// <param name="models">The models in an order in which they can be built.</param>
/// <param name="keep">Names of the tables that are wanted at the end.</param>
/// <param name="batches">The parts in which models with a batch column are built.</param>
public sealed class ModelRunner(
    Run run, DuckSession session, IReadOnlyList<CompiledModel> models, IReadOnlyCollection<string> keep, DayBatches batches)
{
    DayBatches _batches = batches;
    readonly Dictionary<string, string> _lastReader = LastReaders(models);

    /// <summary>Only those models of a project that some wanted ones need, in the same order.</summary>
    public static IReadOnlyList<CompiledModel> Needed(IReadOnlyList<CompiledModel> models, IReadOnlyCollection<string> wanted)
    {
        var needed = new HashSet<string>(wanted, StringComparer.Ordinal);
        foreach (var model in models.Reverse())
        {
            if (needed.Contains(model.Name)) needed.UnionWith(model.DependsOn);
        }
        return [.. models.Where(m => needed.Contains(m.Name))];
    }

    /// <summary>Builds them all.</summary>
    /// <exception cref="QuernException">A statement failed; the fault names the model.</exception>
    public void Build()
    {
        foreach (var model in models)
        {
            run.Cancellation.ThrowIfCancellationRequested();
            if (model.Materialization == Materialization.View) Execute(model, Statement(model));
            else BuildTable(model);
            foreach (var (name, reader) in _lastReader.Where(l => l.Value == model.Name).ToList())
            {
                if (keep.Contains(name)) continue;
                session.Execute($"drop table {name}", run.Cancellation);
                _lastReader.Remove(name);
            }
        }
    }

    /// <summary>The statement that builds a model whole.</summary>
    public static string Statement(CompiledModel model) => Create(model, model.Sql);

    static string Create(CompiledModel model, string sql) =>
        $"create or replace {(model.Materialization == Materialization.View ? "view" : "table")} {model.Name} as\n{sql.Trim()}";

    void BuildTable(CompiledModel model)
    {
        using var step = run.Step(model.Name);
        if (model.IsBatched) BuildInBatches(model);
        else Execute(model, Statement(model));
        step.Count(session.Scalar<long>($"select count(*) from {model.Name}", run.Cancellation), 0);
    }

    /// <summary>When a batch does not fit into memory, the model begins anew with twice as many; later models keep the number.</summary>
    void BuildInBatches(CompiledModel model)
    {
        while (true)
        {
            try
            {
                var first = true;
                foreach (var part in _batches.Parts)
                {
                    Execute(model, first ? Create(model, model.SqlOf(part)) : $"insert into {model.Name}\n{model.SqlOf(part)}");
                    first = false;
                }
                return;
            }
            catch (QuernException e) when (e.Fault is DuckFault { Kind: DuckErrorKind.OutOfMemory } && _batches.Smaller() is { } smaller)
            {
                _batches = smaller;
                run.Warn("QN7201", $"{model.Name} did not fit into memory and was built again in {smaller.Count} parts");
            }
        }
    }

    void Execute(CompiledModel model, string sql)
    {
        try
        {
            session.Execute(sql, run.Cancellation);
        }
        catch (QuernException e) when (e.Fault is DuckFault fault)
        {
            throw new QuernException(fault with { Where = string.Join('\n', new[] { model.Path, fault.Where }.OfType<string>()) }, e);
        }
    }

    /// <summary>For each table the model after which it can go: the last that reads it, itself or through views.</summary>
    static Dictionary<string, string> LastReaders(IReadOnlyList<CompiledModel> models)
    {
        var tables = new Dictionary<string, HashSet<string>>(StringComparer.Ordinal);
        var last = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var model in models)
        {
            var read = new HashSet<string>(StringComparer.Ordinal);
            foreach (var name in model.DependsOn) read.UnionWith(tables[name]);
            var isTable = model.Materialization == Materialization.Table;
            // A view is read when it is read from, not when it is made.
            tables[model.Name] = isTable ? [model.Name] : read;
            if (!isTable) continue;
            foreach (var name in read) last[name] = model.Name;
        }
        return last;
    }
}
