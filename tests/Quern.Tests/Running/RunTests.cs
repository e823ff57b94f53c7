using Quern.Budget;
using Quern.Running;

namespace Quern.Tests.Running;

public class RunTests
{
    readonly ManualClock _clock = new();

    Run Begin() => Stoppable(CancellationToken.None);

    Run Stoppable(CancellationToken stop) => new("test", new MemoryLedger(new MemorySize(512_000_000)), _clock, stop);

    [Fact]
    public void Reports_what_its_steps_counted()
    {
        var run = Begin();
        var report = run.Execute(() =>
        {
            using (var fold = run.Step("fold pods"))
            {
                fold.Count(rows: 10, bytes: 100);
                fold.Count(rows: 5, bytes: 50);
                fold.CountSpill(7);
                _clock.Advance(TimeSpan.FromSeconds(2));
            }
            using (run.Step("write")) _clock.Advance(TimeSpan.FromSeconds(1));
            run.Rows.CountRead(read: 15, kept: 12, filtered: 3);
            run.Rows.CountWritten(4);
        });
        Assert.Equal(ExitCode.Done, report.ExitCode);
        Assert.Equal(TimeSpan.FromSeconds(3), report.Elapsed);
        Assert.Equal((15, 12, 3, 0, 4), (report.Read, report.Kept, report.Filtered, report.Rejected, report.Written));
        Assert.Equal(["fold pods", "write"], report.Steps.Select(step => step.Name));
        Assert.Equal(
            (15, 150, 7, 2.0), (report.Steps[0].Rows, report.Steps[0].Bytes, report.Steps[0].SpillBytes, report.Steps[0].Wall.TotalSeconds));
        Assert.InRange(report.Steps[0].PeakBytes, 1, report.PeakMemoryBytes);
        Assert.Equal(512_000_000, report.MemoryLimitBytes);
    }

    [Fact]
    public void Fails_when_a_row_is_missing_from_the_equation()
    {
        var run = Begin();
        var report = run.Execute(() => run.Rows.CountRead(read: 1_000, kept: 990, filtered: 5, rejected: 4));
        Assert.Equal(ExitCode.Failed, report.ExitCode);
        Assert.Equal(
            "error QN9007: rows were lost\n" +
            "  value   read 1,000\n" +
            "  wanted  kept 990 + filtered 5 + rejected 4 = 999\n" +
            "  try     keep the inputs and report this: it is a defect of Quern, and the outputs are not to be trusted",
            report.Error!.ToString());
    }

    [Fact]
    public void Is_done_with_rejects_when_rows_were_set_aside()
    {
        var run = Begin();
        Assert.Equal(ExitCode.DoneWithRejects, run.Execute(() => run.Rows.CountRead(2, kept: 1, rejected: 1)).ExitCode);
    }

    [Fact]
    public void Reports_a_step_that_a_failure_cut_short()
    {
        var run = Begin();
        var report = run.Execute(() =>
        {
            run.Step("read");
            _clock.Advance(TimeSpan.FromSeconds(1));
            throw new QuernException(new Fault("QN2001", "no such file") { ExitCode = ExitCode.Unreachable });
        });
        Assert.Equal(ExitCode.Unreachable, report.ExitCode);
        Assert.Equal("QN2001", report.Error!.Code);
        Assert.Equal(TimeSpan.FromSeconds(1), Assert.Single(report.Steps).Wall);
    }

    [Fact]
    public void Ends_as_interrupted_whatever_is_thrown_once_the_user_asked_to_stop()
    {
        using var stop = new CancellationTokenSource();
        var run = Stoppable(stop.Token);
        var report = run.Execute(() =>
        {
            stop.Cancel();
            throw new QuernException(new Fault("QN9100", "query interrupted"));
        });
        Assert.Equal(ExitCode.Interrupted, report.ExitCode);
        Assert.Equal(
            "error QN9004: stopped on request\n  try     run it again: outputs appear only when they are complete",
            report.Error!.ToString());
    }

    [Fact]
    public void Is_done_when_the_work_finished_although_the_user_asked_to_stop()
    {
        using var stop = new CancellationTokenSource();
        Assert.Equal(ExitCode.Done, Stoppable(stop.Token).Execute(stop.Cancel).ExitCode);
    }

    [Fact]
    public void Names_an_exception_that_nobody_expected()
    {
        var report = Begin().Execute(() => throw new InvalidOperationException("odd"));
        Assert.Equal(ExitCode.Failed, report.ExitCode);
        Assert.Equal(
            "error QN9999: Quern failed in a way it does not know\n" +
            "  value   InvalidOperationException: odd\n" +
            "  try     QUERN_DEBUG=1 quern ...     shows where; report it with that",
            report.Error!.ToString());
    }

    [Fact]
    public void Ends_with_the_first_fault_of_several_workers()
    {
        var report = Begin().Execute(() => throw new AggregateException(
            new QuernException(new Fault("QN3001", "first")), new QuernException(new Fault("QN3002", "second"))));
        Assert.Equal("QN3001", report.Error!.Code);
    }

    [Fact]
    public void Has_its_own_exit_code_for_memory_that_ran_out() =>
        Assert.Equal(ExitCode.MemoryLimit, Begin().Execute(() => throw new InsufficientMemoryException()).ExitCode);

    [Fact]
    public void Counts_the_same_warning_once_with_its_number()
    {
        var run = Begin();
        run.Warn("QN4001", "row has no node");
        run.Warn("QN4002", "other");
        run.Warn("QN4001", "row has no node", 2);
        Assert.Equal(
            [new RunWarning("QN4001", "row has no node", 3), new RunWarning("QN4002", "other", 1)],
            run.Execute(() => { }).Warnings);
    }

    [Fact]
    public void Shows_the_step_that_began_last_and_is_not_over()
    {
        var run = Begin();
        Assert.Null(run.Progress.View().Step);
        var outer = run.Step("outer");
        var inner = run.Step("inner");
        Assert.Equal("inner", run.Progress.View().Step);
        inner.Dispose();
        Assert.Equal("outer", run.Progress.View().Step);
        outer.Dispose();
        Assert.Null(run.Progress.View().Step);
    }
}
