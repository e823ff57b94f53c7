namespace Quern.Folding.Kernel;

/// <summary>Lets threads hand on the groups of a grain in the order of the partitions, while they fold several at once.</summary>
/// <param name="grains">How many grains.</param>
sealed class TurnGate(int grains)
{
    readonly object _gate = new();
    readonly int[] _next = new int[grains];
    bool _isBroken;

    /// <summary>Waits until a partition's turn comes.</summary>
    /// <exception cref="OperationCanceledException">Another thread failed.</exception>
    public void Wait(int grain, int partition)
    {
        lock (_gate)
        {
            while (_next[grain] != partition && !_isBroken) Monitor.Wait(_gate);
            if (_isBroken) throw new OperationCanceledException("another thread failed");
        }
    }

    /// <summary>The next partition may go on.</summary>
    public void Pass(int grain)
    {
        lock (_gate)
        {
            _next[grain]++;
            Monitor.PulseAll(_gate);
        }
    }

    /// <summary>Nobody waits any more: a thread failed.</summary>
    public void Break()
    {
        lock (_gate)
        {
            _isBroken = true;
            Monitor.PulseAll(_gate);
        }
    }
}
