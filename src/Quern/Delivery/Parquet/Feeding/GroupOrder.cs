using Quern.Delivery.Parquet.Writing;

namespace Quern.Delivery.Parquet.Feeding;

/// <summary>Appends row groups of runs in the order of the runs, whoever encodes them first.</summary>
/// <remarks>Few row groups wait. Nobody waits forever: runs are dealt in their order, so that whose turn it is has a thread, and that
/// one never waits here.</remarks>
/// <param name="writer">Where they go.</param>
/// <param name="most">Row groups that wait at most.</param>
sealed class GroupOrder(ParquetWriter writer, int most) : IDisposable
{
    readonly object _gate = new();
    readonly Dictionary<int, Run> _runs = [];
    int _next;
    int _waiting;
    (int Run, Exception Failure)? _failure;

    /// <summary>A run is over.</summary>
    /// <param name="run">Which one.</param>
    public void End(int run)
    {
        lock (_gate)
        {
            Of(run).IsDone = true;
            Advance();
        }
    }

    /// <summary>Takes a row group of a run; waits while too many are here whose turn has not come.</summary>
    /// <returns>False when nothing more is wanted of the run.</returns>
    public bool Put(int run, EncodedGroup group)
    {
        lock (_gate)
        {
            while (run != _next && _waiting >= most && !IsBehindFailure(run)) Monitor.Wait(_gate);
            if (IsBehindFailure(run))
            {
                group.Dispose();
                return false;
            }
            if (run == _next)
            {
                writer.Append(group);
                return true;
            }
            Of(run).Groups.Enqueue(group);
            _waiting++;
            return true;
        }
    }

    /// <summary>Ends the work with a failure; of several that of the first run counts.</summary>
    public void Fail(int run, Exception failure)
    {
        lock (_gate)
        {
            if (_failure is not { } known || run < known.Run) _failure = (run, failure);
            Monitor.PulseAll(_gate);
        }
    }

    /// <summary>True when a run in front of this one has failed.</summary>
    public bool IsBehind(int run)
    {
        lock (_gate) return IsBehindFailure(run);
    }

    /// <summary>What ended the work; null when nothing did.</summary>
    public Exception? Failure
    {
        get
        {
            lock (_gate) return _failure?.Failure;
        }
    }

    /// <summary>Frees what waits.</summary>
    public void Dispose()
    {
        foreach (var group in _runs.Values.SelectMany(r => r.Groups)) group.Dispose();
    }

    bool IsBehindFailure(int run) => _failure is { } failure && failure.Run < run;

    Run Of(int run)
    {
        if (!_runs.TryGetValue(run, out var known)) _runs.Add(run, known = new Run());
        return known;
    }

    void Advance()
    {
        while (_runs.TryGetValue(_next, out var run))
        {
            while (run.Groups.TryDequeue(out var group))
            {
                _waiting--;
                writer.Append(group);
            }
            if (!run.IsDone) break;
            _runs.Remove(_next++);
        }
        Monitor.PulseAll(_gate);
    }

    sealed class Run
    {
        public Queue<EncodedGroup> Groups { get; } = new();

        public bool IsDone { get; set; }
    }
}
