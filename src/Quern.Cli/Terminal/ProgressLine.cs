using Quern.Budget;
using Quern.Running;

namespace Quern.Cli.Terminal;

/// <summary>Shows how far a run is: one redrawn line on a terminal, a line every few seconds elsewhere.</summary>
/// <remarks>
/// The part done is bytes done of bytes known and never passes 100 %. The time left is shown only when its forecast
/// has settled: two forecasts of the end, one draw apart, that differ by less than a tenth of the time left.
/// </remarks>
sealed class ProgressLine : IDisposable
{
    static readonly TimeSpan Redraw = TimeSpan.FromMilliseconds(200);
    static readonly TimeSpan Line = TimeSpan.FromSeconds(5);

    // Short runs show nothing: a line that flashes by tells nobody anything.
    static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(600);

    readonly Run _run;
    readonly Screen _screen;
    readonly ITimer _timer;
    readonly Lock _lock = new();
    TimeSpan? _forecast;
    bool _over;

    /// <summary>Begins to show a run.</summary>
    public ProgressLine(Run run, Screen screen)
    {
        _run = run;
        _screen = screen;
        var period = screen.IsTerminal ? Redraw : Line;
        _timer = run.Time.CreateTimer(_ => Show(), null, screen.IsTerminal ? Patience : Line, period);
    }

    /// <summary>Stops and removes the line from a terminal.</summary>
    public void Dispose()
    {
        lock (_lock)
        {
            if (_over) return;
            _over = true;
            _timer.Dispose();
            if (_screen.IsTerminal) _screen.Redraw("");
        }
    }

    /// <summary>The line as it is now: as many parts, most telling first, as fit.</summary>
    public string Text(int width)
    {
        var view = _run.Progress.View();
        var elapsed = _run.Elapsed;
        var text = view.Step ?? _run.Name;
        if (view.Fraction is { } fraction)
            Add($"{Figures.Percent(fraction)} of {new MemorySize(view.BytesKnown)}");
        if (Left(view, elapsed) is { } left) Add($"{Figures.WholeSeconds(left)} left");
        if (view.Rows > 0) Add($"{Figures.Count(view.Rows)} rows");
        if (view.Rows > 0 && elapsed > TimeSpan.Zero) Add($"{Figures.Rate(view.Rows / elapsed.TotalSeconds)} rows/s");
        Add($"{Figures.Bytes(ResidentMemory.Read().Bytes)} of {new MemorySize(_run.Memory.LimitBytes)}");
        return text;

        void Add(string part)
        {
            if (text.Length + 2 + part.Length <= width) text += "  " + part;
        }
    }

    void Show()
    {
        lock (_lock)
        {
            if (_over) return;
            if (_screen.IsTerminal) _screen.Redraw(Text(_screen.Width - 1));
            else _screen.Say("quern: " + Text(_screen.Width - 7));
        }
    }

    TimeSpan? Left(ProgressView view, TimeSpan elapsed)
    {
        if (view.Fraction is not (> 0.02 and < 1) || elapsed < TimeSpan.FromSeconds(2)) return null;
        var end = elapsed / view.Fraction.Value;
        var before = _forecast;
        _forecast = end;
        return before is { } was && (end - was).Duration() < (end - elapsed) / 10 ? end - elapsed : null;
    }
}
