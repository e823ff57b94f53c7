namespace Quern.Delivery.Postgres.Copying;

/// <summary>Bounds what waits to be sent, in bytes: rows may have any size. What is larger than all goes alone.</summary>
/// <param name="most">So many at a time.</param>
sealed class BytesOnTheWay(long most)
{
    static readonly TimeSpan Look = TimeSpan.FromMilliseconds(100);

    readonly object _lock = new();
    long _bytes;

    /// <summary>Waits until there is room.</summary>
    /// <exception cref="OperationCanceledException">The token fired.</exception>
    public void Enter(long bytes, CancellationToken cancel)
    {
        lock (_lock)
        {
            while (_bytes > 0 && _bytes + bytes > most)
            {
                cancel.ThrowIfCancellationRequested();
                Monitor.Wait(_lock, Look);
            }
            _bytes += bytes;
        }
    }

    /// <summary>They are sent.</summary>
    public void Leave(long bytes)
    {
        lock (_lock)
        {
            _bytes -= bytes;
            Monitor.PulseAll(_lock);
        }
    }
}
