using System.Globalization;
using Quern.Models.Hooks;
using Quern.Models.Materializations;
using Quern.Models.Results;
using Quern.Projects.Times;

namespace Quern.Models.Incremental;

/// <summary>Builds a model part by part, each in a transaction of its own: a part that fails is taken back, and the next one goes on. When the
/// part that makes the table fails, there is nothing for the others to go into, and they are not tried.</summary>
/// <param name="batches">The parts.</param>
/// <param name="hooks">The model's hooks: those before it run with the first part, those behind it with the last.</param>
/// <param name="build">Compiles a part.</param>
/// <param name="land">Lands it; the transaction is open.</param>
sealed class MicrobatchRun(
    IReadOnlyList<EventBatch> batches, NodeHooks hooks, Func<EventBatch, Build> build, Func<Build, Landed> land)
{
    readonly List<(EventWindow Window, bool IsBuilt)> _done = [];

    /// <summary>The fault of the first part that failed; null when all were built.</summary>
    public QuernException? Failure { get; private set; }

    /// <summary>The parts, and whether each was built.</summary>
    public IReadOnlyList<(EventWindow Window, bool IsBuilt)> Done => _done;

    /// <summary>The compiled SQL of the last part; null when none was compiled.</summary>
    public string? Sql { get; private set; }

    /// <summary>Builds all parts.</summary>
    public void Run()
    {
        hooks.Before(inTransaction: false);
        for (var i = 0; i < batches.Count; i++)
        {
            if (Failure is not null && !batches[0].Grows && !_done[0].IsBuilt) _done.Add((batches[i].Window, false));
            else _done.Add((batches[i].Window, Try(batches[i], i == 0, i == batches.Count - 1)));
        }
        if (_done.Exists(d => d.IsBuilt)) hooks.After(inTransaction: false);
    }

    /// <summary>How the model ended, and what it says.</summary>
    public (NodeStatus Status, string Message) Verdict()
    {
        var built = _done.Count(d => d.IsBuilt);
        if (built == _done.Count) return (NodeStatus.Success, "SUCCESS");
        var count = string.Create(CultureInfo.InvariantCulture, $"({built}/{_done.Count})");
        return built == 0 ? (NodeStatus.Error, $"ERROR {count}") : (NodeStatus.PartialSuccess, $"PARTIAL SUCCESS {count}");
    }

    bool Try(EventBatch batch, bool isFirst, bool isLast)
    {
        Build? part = null;
        try
        {
            part = build(batch);
            Sql = part.Sql;
            part.Session.Begin();
            if (isFirst) hooks.Before(inTransaction: true);
            land(part);
            if (isLast) hooks.After(inTransaction: true);
            part.Session.Commit();
            return true;
        }
        catch (QuernException e)
        {
            part?.Session.Rollback();
            Failure ??= e;
            return false;
        }
    }
}
