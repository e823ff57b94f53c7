using System.CommandLine;
using Quern.Budget;
using Quern.Cli.Terminal;
using Quern.Running;

namespace Quern.Cli;

/// <summary>What a verb is given to work with.</summary>
/// <param name="parsed">The command line.</param>
/// <param name="globals">The options of every verb.</param>
/// <param name="surroundings">The caller's directory, environment and clock.</param>
/// <param name="name">The verb as it is called.</param>
/// <param name="cancellation">Ctrl-C.</param>
sealed class CommandContext(
    ParseResult parsed, Globals globals, Surroundings surroundings, string name, CancellationToken cancellation)
{
    /// <summary>The options of every verb.</summary>
    public Globals Globals => globals;

    /// <summary>The caller's directory, environment and clock.</summary>
    public Surroundings Surroundings => surroundings;

    /// <summary>Standard output for data, standard error for people.</summary>
    public Screen Screen => surroundings.Screen;

    /// <summary>The clock.</summary>
    public TimeProvider Time => surroundings.Time;

    /// <summary>Ctrl-C: stop after the batch at hand.</summary>
    public CancellationToken Cancellation => cancellation;

    /// <summary>What files of the user say in place of environment variables that are not set, by their names. Default: nothing.</summary>
    public IReadOnlyDictionary<string, string> Defaults { get; private init; } = new Dictionary<string, string>();

    /// <summary>The words of the command line, from <c>quern</c> on.</summary>
    public string Words => string.Join(' ', parsed.Tokens.Select(token => token.Value).Prepend("quern"));

    /// <summary>The same with other options of every verb, and with <see cref="Defaults"/>.</summary>
    public CommandContext With(Globals settled, IReadOnlyDictionary<string, string> defaults) =>
        new(parsed, settled, surroundings, name, cancellation) { Defaults = defaults };

    /// <summary>Value of an environment variable, or what stands for it; null for neither, or when it is empty.</summary>
    public string? Variable(string variable) => (surroundings.Variables.GetValueOrDefault(variable), Defaults.GetValueOrDefault(variable)) switch
    {
        ({ Length: > 0 } set, _) => set,
        (_, { Length: > 0 } said) => said,
        _ => null,
    };

    /// <summary>Value of an option of the verb; the default value when it was not given.</summary>
    public T? Value<T>(Option<T> option) => parsed.GetValue(option);

    /// <summary>Value of an argument of the verb.</summary>
    public T? Value<T>(Argument<T> argument) => parsed.GetValue(argument);

    /// <summary>An absolute path: relative ones mean the caller's directory.</summary>
    public string Path(string path) => System.IO.Path.GetFullPath(path, surroundings.Directory);

    /// <summary>Does the work of the verb as a run: progress while it lasts, then summary or JSON, report and exit code.</summary>
    /// <remarks>Begin steps on the run, count its rows, note its outputs; whatever is thrown ends in the report.</remarks>
    /// <param name="work">The work.</param>
    /// <param name="reportPath">Absolute path of the report; null for none.</param>
    /// <exception cref="QuernException">QN9002 when the memory limit is too low to start at all.</exception>
    public ExitCode Run(Action<Run> work, string? reportPath = null)
    {
        var run = NewRun();
        var progress = globals.Quiet ? null : new ProgressLine(run, Screen);
        RunReport report;
        using (progress) report = run.Execute(() => work(run));
        return new Outcome(globals.Json, globals.Quiet, reportPath ?? globals.Report, surroundings).Show(report);
    }

    /// <summary>Does the work of a verb that says in lines what it does: no progress, and no summary but what it took.</summary>
    /// <param name="work">The work.</param>
    /// <param name="said">Whether a fault that ends the run has been told already.</param>
    /// <param name="answer">What <c>--json</c> prints in place of the report; null for the report.</param>
    public ExitCode RunInLines(Action<Run> work, Func<Fault, bool> said, Func<string?> answer)
    {
        var run = NewRun();
        var report = run.Execute(() => work(run));
        var outcome = new Outcome(globals.Json, globals.Quiet, globals.Report, surroundings);
        return outcome.ShowInLines(report, report.Error is { } error && said(error), report.Error is null ? answer() : null);
    }

    /// <summary>Ends before a run began, and writes no report: its place is what is wrong.</summary>
    public ExitCode Refuse(QuernException wrong) =>
        new Outcome(globals.Json, globals.Quiet, null, surroundings).Show(RunReport.OfFailure(name, wrong));

    /// <summary>Prints what the verb would do, on standard output, and does nothing.</summary>
    /// <param name="lines">The lines; what is noticed on the way is said as at the end of a run.</param>
    public ExitCode Explain(Func<Run, IEnumerable<string>> lines)
    {
        var run = NewRun();
        foreach (var line in lines(run)) Screen.WriteData(VisibleText.Of(line));
        if (!globals.Json && !globals.Quiet) Screen.Say(Summary.Warnings(run.Warnings, Screen.Width));
        return ExitCode.Done;
    }

    Run NewRun()
    {
        var ledger = new MemoryLedger(globals.Memory);
        GuardHeap(ledger);
        var run = new Run(name, ledger, Time, cancellation);
        run.Set("memory_limit", $"{globals.Memory} ({globals.MemoryChosenBy})");
        run.Set("threads", globals.Threads);
        if (globals.Memory.Bytes > MachineMemory.TryRead()?.AllowedBytes)
            run.Warn("QN1012", "the memory limit is above what this machine allows");
        return run;
    }

    // Behind the ledger, for what nobody leased: the collector refuses to grow beyond the limit, less what is not its own
    // (measured: half of the base is code and native memory), and the run ends with exit code 4 instead of a killed process.
    static void GuardHeap(MemoryLedger ledger)
    {
        AppContext.SetData("GCHeapHardLimit", (ulong)(ledger.LimitBytes - ledger.BaseBytes / 2));
        GC.RefreshMemoryLimit();
    }
}
