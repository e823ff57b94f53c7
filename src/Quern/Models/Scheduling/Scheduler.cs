using System.Runtime.ExceptionServices;

namespace Quern.Models.Scheduling;

/// <summary>Hands nodes to workers as soon as those they wait for have ended.</summary>
/// <remarks>Nodes that may run stand in line in the order in which they became free; those that one node set free go by level, then id. With
/// one worker the order is always the same.</remarks>
/// <param name="order">All nodes.</param>
/// <param name="threads">Workers.</param>
/// <param name="work">Runs or skips a node; takes the number of the worker, from 0. One thread a worker.</param>
/// <param name="ended">Is called by each worker, at its end, with its number.</param>
sealed class Scheduler(IReadOnlyList<RunNode> order, int threads, Action<RunNode, int> work, Action<int> ended)
{
    // Templates nest deep: a thread's usual stack is small.
    const int StackBytes = 16 * 1024 * 1024;

    readonly Queue<RunNode> _line = new(order.Where(n => n.Waiting == 0));
    readonly object _gate = new();
    int _left = order.Count;
    ExceptionDispatchInfo? _failure;

    /// <summary>Runs until every node has ended.</summary>
    public void Run()
    {
        var workers = Enumerable.Range(0, Math.Max(1, Math.Min(threads, order.Count)))
            .Select(i => new Thread(() => Loop(i), StackBytes) { IsBackground = true, Name = $"quern node worker {i + 1}" }).ToList();
        workers.ForEach(w => w.Start());
        workers.ForEach(w => w.Join());
        _failure?.Throw();
    }

    void Loop(int worker)
    {
        try
        {
            while (Next() is { } node)
            {
                work(node, worker);
                Ended(node);
            }
        }
        catch (Exception e)
        {
            // Not a failing node, which is a result: the run itself cannot go on.
            lock (_gate)
            {
                _failure ??= ExceptionDispatchInfo.Capture(e);
                Monitor.PulseAll(_gate);
            }
        }
        finally
        {
            ended(worker);
        }
    }

    RunNode? Next()
    {
        lock (_gate)
        {
            while (_line.Count == 0 && _left > 0 && _failure is null) Monitor.Wait(_gate);
            return _failure is null && _line.TryDequeue(out var node) ? node : null;
        }
    }

    void Ended(RunNode node)
    {
        lock (_gate)
        {
            _left--;
            foreach (var child in node.Children) child.Waiting--;
            foreach (var free in node.Children.Where(c => c.Waiting == 0).OrderBy(c => c.Level).ThenBy(c => c.Resource.Id, StringComparer.Ordinal))
                _line.Enqueue(free);
            Monitor.PulseAll(_gate);
        }
    }
}
