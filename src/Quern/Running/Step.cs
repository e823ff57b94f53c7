using Quern.Budget;

namespace Quern.Running;

/// <summary>A part of a run under measurement; disposing it ends the measurement.</summary>
public sealed class Step : IDisposable
{
    readonly Run _run;
    readonly long _began;
    readonly TimeSpan _cpuBefore;
    long _rows, _bytes, _spill;
    StepRecord? _record;

    internal Step(Run run, string name)
    {
        _run = run;
        Name = name;
        _began = run.Time.GetTimestamp();
        _cpuBefore = Environment.CpuUsage.TotalTime;
    }

    /// <summary>A verb and what it works on: "fold pods".</summary>
    public string Name { get; }

    /// <summary>Counts what the step took in. Many threads may count.</summary>
    /// <param name="rows">Rows.</param>
    /// <param name="bytes">Bytes of the sources.</param>
    public void Count(long rows, long bytes)
    {
        Interlocked.Add(ref _rows, rows);
        Interlocked.Add(ref _bytes, bytes);
    }

    /// <summary>Counts bytes that were in temporary files at the most, for want of memory.</summary>
    public void CountSpill(long bytes) => Interlocked.Add(ref _spill, bytes);

    /// <summary>Ends the measurement; a second time does nothing.</summary>
    public void Dispose()
    {
        if (_record is not null) return;
        _record = Measure();
        _run.Leave(this);
    }

    internal StepRecord Record => _record ?? Measure();

    StepRecord Measure() => new(
        Name,
        _run.Time.GetElapsedTime(_began),
        Environment.CpuUsage.TotalTime - _cpuBefore,
        Interlocked.Read(ref _rows),
        Interlocked.Read(ref _bytes),
        Interlocked.Read(ref _spill),
        ResidentMemory.Read().PeakBytes);
}
