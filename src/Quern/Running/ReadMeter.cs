using System.Globalization;

namespace Quern.Running;

/// <summary>
/// Moves a run's progress while the engine reads files: what the process has read since the beginning (rchar of /proc/self/io, which
/// counts every read call, cached or not), never more than the bytes announced for it. Disposing it adds what is left of them. Where the
/// system does not tell, progress moves at the end only.
/// </summary>
public sealed class ReadMeter : IDisposable
{
    /// <summary>Often enough for a line that is redrawn a few times a second.</summary>
    static readonly TimeSpan Period = TimeSpan.FromMilliseconds(100);

    readonly Progress _progress;
    readonly long _bytes;
    readonly long _start;
    readonly ITimer _timer;
    readonly Lock _lock = new();
    long _done;

    /// <summary>Begins.</summary>
    /// <param name="run">The run whose progress moves.</param>
    /// <param name="bytes">Bytes that are going to be read.</param>
    public ReadMeter(Run run, long bytes)
    {
        _progress = run.Progress;
        _bytes = bytes;
        _start = BytesRead();
        _timer = run.Time.CreateTimer(_ => Move(BytesRead() - _start), null, Period, Period);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _timer.Dispose();
        Move(_bytes);
    }

    void Move(long read)
    {
        lock (_lock)
        {
            var done = Math.Clamp(read, _done, _bytes);
            _progress.Advance(done - _done, 0);
            _done = done;
        }
    }

    static long BytesRead()
    {
        const string label = "rchar: ";
        try
        {
            foreach (var line in File.ReadLines("/proc/self/io"))
            {
                if (line.StartsWith(label, StringComparison.Ordinal))
                    return long.Parse(line.AsSpan(label.Length), CultureInfo.InvariantCulture);
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Hardened systems keep it to themselves; a run must not fail, on a timer's thread at that, for want of progress.
        }
        return 0;
    }
}
