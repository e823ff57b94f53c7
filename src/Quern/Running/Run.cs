using Quern.Budget;

namespace Quern.Running;

/// <summary>One piece of work from start to report: its clock, its memory, what it counts and what it leaves.</summary>
/// <remarks>
/// <code>
/// var run = new Run("openshift summarize", new MemoryLedger(limit), TimeProvider.System, cancellation);
/// var report = run.Execute(() => { using var step = run.Step("fold pods"); ... });
/// </code>
/// Many threads may count, warn and begin steps.
/// </remarks>
public sealed class Run
{
    readonly Lock _lock = new();
    readonly long _began;
    long _sourceBytes;
    readonly List<Func<StepRecord>> _steps = [];
    readonly List<Step> _open = [];
    readonly List<RunOutput> _outputs = [];
    readonly OrderedDictionary<(string Code, string Message), long> _warnings = [];
    readonly OrderedDictionary<string, object> _settings = [];
    readonly OrderedDictionary<string, string> _versions = [];

    /// <summary>Starts the clock.</summary>
    /// <param name="name">What is run, as the user called it.</param>
    /// <param name="memory">The process's memory.</param>
    /// <param name="time">The clock.</param>
    /// <param name="cancellation">Asks the run to stop after the batch at hand.</param>
    public Run(string name, MemoryLedger memory, TimeProvider time, CancellationToken cancellation = default)
    {
        Name = name;
        Memory = memory;
        Time = time;
        Cancellation = cancellation;
        _began = time.GetTimestamp();
        foreach (var (own, version) in RunReport.OwnVersions) _versions[own] = version;
    }

    /// <summary>What is run, as the user called it.</summary>
    public string Name { get; }

    /// <summary>The process's memory.</summary>
    public MemoryLedger Memory { get; }

    /// <summary>The clock.</summary>
    public TimeProvider Time { get; }

    /// <summary>Asks the run to stop after the batch at hand.</summary>
    public CancellationToken Cancellation { get; }

    /// <summary>Where the rows went.</summary>
    public RowCounts Rows { get; } = new();

    /// <summary>How far the run is.</summary>
    public Progress Progress { get; } = new();

    /// <summary>What the user should know so far, in the order in which it was noticed first.</summary>
    public IReadOnlyList<RunWarning> Warnings
    {
        get
        {
            lock (_lock) return _warnings.Count == 0 ? [] : [.. _warnings.Select(w => new RunWarning(w.Key.Code, w.Key.Message, w.Value))];
        }
    }

    /// <summary>Time since the start.</summary>
    public TimeSpan Elapsed => Time.GetElapsedTime(_began);

    /// <summary>Begins a step; dispose it when the step is done.</summary>
    /// <param name="name">A verb and what it works on: "fold pods".</param>
    public Step Step(string name)
    {
        var step = new Step(this, name);
        lock (_lock)
        {
            _steps.Add(() => step.Record);
            _open.Add(step);
        }
        Progress.Enter(name);
        return step;
    }

    /// <summary>Counts bytes of the sources, for the end to compare them with the outputs.</summary>
    public void CountSource(long bytes) => Interlocked.Add(ref _sourceBytes, bytes);

    /// <summary>Notes a step that was measured elsewhere: a node of a project.</summary>
    public void Note(StepRecord step)
    {
        lock (_lock) _steps.Add(() => step);
    }

    /// <summary>Notes something that does not stop the run; occurrences of the same sentence are counted together.</summary>
    /// <param name="code">Stable code as for a <see cref="Fault"/>.</param>
    /// <param name="message">One sentence without a full stop and without the particulars of one row.</param>
    /// <param name="count">How often it happened.</param>
    public void Warn(string code, string message, long count = 1)
    {
        lock (_lock) _warnings[(code, message)] = _warnings.GetValueOrDefault((code, message)) + count;
    }

    /// <summary>Notes something that now exists; call it after the rename or the commit, never before.</summary>
    public void Made(RunOutput output)
    {
        lock (_lock) _outputs.Add(output);
    }

    /// <summary>Notes a setting in force. Never a secret.</summary>
    public void Set(string name, string value) => SetValue(name, value);

    /// <inheritdoc cref="Set(string, string)"/>
    public void Set(string name, long value) => SetValue(name, value);

    /// <inheritdoc cref="Set(string, string)"/>
    public void Set(string name, bool value) => SetValue(name, value);

    /// <summary>Notes the version of something the result depends on: "duckdb", a pack.</summary>
    public void Version(string name, string version)
    {
        lock (_lock) _versions[name] = version;
    }

    /// <summary>Does the work, proves the equation of rows and reports; whatever the work throws ends in the report.</summary>
    public RunReport Execute(Action work)
    {
        Exception? cause = null;
        try
        {
            work();
            Rows.Assert();
        }
        catch (Exception e)
        {
            cause = e;
        }
        return Report(cause);
    }

    internal void Leave(Step step)
    {
        lock (_lock)
        {
            _open.Remove(step);
            Progress.Enter(_open.Count > 0 ? _open[^1].Name : null);
        }
    }

    RunReport Report(Exception? cause)
    {
        lock (_lock)
        {
            return new RunReport(Name)
            {
                Error = cause is null ? null : Ending.Of(cause, Cancellation),
                Cause = cause,
                Read = Rows.Read,
                Kept = Rows.Kept,
                Filtered = Rows.Filtered,
                Rejected = Rows.Rejected,
                Written = Rows.Written,
                SourceBytes = Interlocked.Read(ref _sourceBytes),
                Elapsed = Elapsed,
                PeakMemoryBytes = ResidentMemory.Read().PeakBytes,
                MemoryLimitBytes = Memory.LimitBytes,
                Steps = [.. _steps.Select(record => record())],
                Outputs = [.. _outputs],
                Warnings = Warnings,
                Settings = [.. _settings],
                Versions = [.. _versions],
            };
        }
    }

    void SetValue(string name, object value)
    {
        lock (_lock) _settings[name] = value;
    }
}
