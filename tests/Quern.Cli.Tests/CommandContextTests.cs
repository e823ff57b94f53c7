using System.CommandLine;
using System.Text.Json;
using Quern.Budget;
using Quern.Cli.Terminal;
using Quern.Running;

namespace Quern.Cli.Tests;

public sealed class CommandContextTests : IDisposable
{
    readonly Workdir _here = new();
    readonly FakeScreen _fake = new();
    readonly ManualClock _clock = new();

    public void Dispose() => _here.Dispose();

    CommandContext Context(
        bool json = false, bool quiet = false, string? report = null, bool debug = false, long memory = 4_000_000_000)
    {
        var variables = new Dictionary<string, string>();
        if (debug) variables["QUERN_DEBUG"] = "1";
        var globals = new Globals(
            new MemorySize(memory), "--memory", 2, json, quiet, Explain: false, report is null ? null : _here.Path(report));
        var surroundings = new Surroundings(_here.Folder, variables, _clock, _fake.Screen);
        return new CommandContext(new RootCommand().Parse([]), globals, surroundings, "sample", CancellationToken.None);
    }

    void Work(Run run)
    {
        using var step = run.Step("fold pods");
        _clock.Advance(TimeSpan.FromSeconds(2));
        run.Rows.CountRead(read: 100, kept: 90, filtered: 10);
        run.Rows.CountWritten(4);
        run.Made(new RunOutput("summary.duckdb", "duckdb", 4));
    }

    [Fact]
    public void Sums_up_for_people_on_standard_error()
    {
        Assert.Equal(ExitCode.Done, Context(report: "run.json").Run(Work));
        var lines = _fake.Error.Split('\n');
        Assert.Equal("summary.duckdb   4 rows from 100 in 2.00 s (50 rows/s)", lines[0]);
        Assert.Equal("rows      read 100 = kept 90 + filtered 10 + rejected 0; written 4", lines[1]);
        Assert.Matches(@"^memory    peak [0-9.]+ MB of 4 GB   slowest: fold pods \(100%\)   spilled 0$", lines[2]);
        Assert.Equal("report    run.json", lines[3]);
        Assert.Equal("", _fake.Data);
    }

    [Fact]
    public void Prints_as_JSON_what_the_report_says()
    {
        Assert.Equal(ExitCode.Done, Context(json: true, report: "run.json").Run(Work));
        Assert.Equal("", _fake.Error);
        Assert.Equal(File.ReadAllText(_here.Path("run.json")), _fake.Data);
        using var report = JsonDocument.Parse(_fake.Data);
        Assert.Equal("4 GB (--memory)", report.RootElement.GetProperty("settings").GetProperty("memory_limit").GetString());
        Assert.Equal(2, report.RootElement.GetProperty("settings").GetProperty("threads").GetInt32());
    }

    [Fact]
    public void Warns_of_a_limit_that_this_machine_cannot_honour()
    {
        Assert.Equal(ExitCode.Done, Context(memory: 1L << 50).Run(Work));
        Assert.Contains("warnings  QN1012 x 1 the memory limit is above what this machine allows\n", _fake.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Refuses_a_limit_that_is_too_low_to_start() => Assert.Equal(
        ("QN9002", ExitCode.MemoryLimit),
        Assert.Throws<QuernException>(() => Context(memory: 1_000_000).Run(Work)).Fault is var fault
            ? (fault.Code, fault.ExitCode)
            : default);

    [Fact]
    public void Says_nothing_when_asked_to_be_quiet()
    {
        Assert.Equal(ExitCode.Done, Context(quiet: true).Run(Work));
        Assert.Equal(("", ""), (_fake.Data, _fake.Error));
    }

    [Fact]
    public void Says_why_it_failed_even_when_quiet_and_reports_it()
    {
        var exit = Context(quiet: true, report: "run.json").Run(_ => throw new QuernException(
            new Fault("QN2001", "no such file") { Where = "pods.csv", ExitCode = ExitCode.Unreachable }));
        Assert.Equal(ExitCode.Unreachable, exit);
        Assert.Equal("error QN2001: no such file\n  where   pods.csv\n", _fake.Error);
        Assert.Contains("\"exit_code\": 5", File.ReadAllText(_here.Path("run.json")), StringComparison.Ordinal);
    }

    [Fact]
    public void Shows_where_an_unexpected_failure_comes_from_only_to_those_who_ask()
    {
        static void Fail(Run run) => throw new InvalidOperationException("odd");
        Context(quiet: true).Run(Fail);
        Assert.DoesNotContain(nameof(Fail), _fake.Error, StringComparison.Ordinal);
        Context(quiet: true, debug: true).Run(Fail);
        Assert.Contains(nameof(Fail), _fake.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Fails_when_the_report_cannot_be_written()
    {
        Directory.CreateDirectory(_here.Path("taken"));
        Assert.Equal(ExitCode.Failed, Context(quiet: true, report: "taken").Run(Work));
        Assert.StartsWith(
            $"error QN9006: the report cannot be written\n  where   {_here.Path("taken")}\n", _fake.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Ends_well_when_nobody_reads_the_data_any_more()
    {
        Assert.Equal(ExitCode.Done, Context().Run(_ => throw new BrokenPipeException()));
        Assert.Equal("", _fake.Error);
    }

    [Fact]
    public void Takes_relative_paths_from_the_directory_of_the_caller()
    {
        Assert.Equal(_here.Path("a.csv"), Context().Path("a.csv"));
        Assert.Equal("/b.csv", Context().Path("/b.csv"));
    }
}
