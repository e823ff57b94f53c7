namespace Quern.Delivery.Postgres.Copying;

/// <summary>Bounds what waits to be sent, in bytes: rows may have any size. What is larger than all goes alone.</summary>
/// <param name="most">So many at a time.</param>
sealed class BytesOnTheWay(long most)
{
    readonly Lock _lock = new();
    readonly ManualResetEventSlim _isLess = new();
    long _bytes;

    /// <summary>Waits until there is room.</summary>
    /// <exception cref="OperationCanceledException">The token fired.</exception>
    public void Enter(long bytes, CancellationToken cancel)
    {
        while (true)
        {
            lock (_lock)
            {
                if (_bytes == 0 || _bytes + bytes <= most)
                {
                    _bytes += bytes;
                    return;
                }
                _isLess.Reset();
            }
            _isLess.Wait(cancel);
        }
    }

    /// <summary>They are sent.</summary>
    public void Leave(long bytes)
    {
        lock (_lock)
        {
            _bytes -= bytes;
            _isLess.Set();
        }
    }
}
