namespace Quern.Running;

/// <summary>How far a run is. Written by many threads a batch at a time, read by whoever shows it.</summary>
public sealed class Progress
{
    long _bytesDone, _bytesKnown, _rows;
    volatile string? _step;

    /// <summary>Announces bytes to come; call again when more are found.</summary>
    public void Expect(long bytes) => Interlocked.Add(ref _bytesKnown, bytes);

    /// <summary>Says what has been done since the last call.</summary>
    /// <param name="bytes">Bytes of the sources, counted as <see cref="Expect"/> counts them (compressed size of a compressed file).</param>
    /// <param name="rows">Rows.</param>
    public void Advance(long bytes, long rows)
    {
        Interlocked.Add(ref _bytesDone, bytes);
        Interlocked.Add(ref _rows, rows);
    }

    /// <summary>What a viewer shows now.</summary>
    public ProgressView View()
    {
        var done = Interlocked.Read(ref _bytesDone);
        return new ProgressView(_step, done, Math.Max(done, Interlocked.Read(ref _bytesKnown)), Interlocked.Read(ref _rows));
    }

    internal void Enter(string? step) => _step = step;
}
