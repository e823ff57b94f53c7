using Quern.Budget;
using Quern.Cli.Terminal;
using Quern.Running;

namespace Quern.Cli.Tests.Terminal;

public class ProgressLineTests
{
    readonly ManualClock _clock = new();
    readonly Run _run;

    public ProgressLineTests() => _run = new Run("test", new MemoryLedger(new MemorySize(512_000_000)), _clock);

    // What the process holds differs from run to run.
    static string WithoutMemory(string text) => text[..text.LastIndexOf("  ", StringComparison.Ordinal)];

    void Work(double seconds)
    {
        _run.Progress.Advance(bytes: (long)(seconds * 10_000_000), rows: (long)(seconds * 50_000));
        _clock.Advance(TimeSpan.FromSeconds(seconds));
    }

    [Fact]
    public void Shows_nothing_of_a_run_that_is_over_at_once()
    {
        var fake = new FakeScreen(terminal: true);
        using (new ProgressLine(_run, fake.Screen)) _clock.Advance(TimeSpan.FromMilliseconds(500));
        Assert.Equal("", fake.Error);
    }

    [Fact]
    public void Redraws_one_line_on_a_terminal_and_removes_it()
    {
        var fake = new FakeScreen(terminal: true);
        _run.Step("fold pods");
        using (new ProgressLine(_run, fake.Screen)) _clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(3, fake.Error.Split("\rfold pods  ").Length - 1);
        Assert.EndsWith("\r\x1b[K", fake.Error, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', fake.Error);
    }

    [Fact]
    public void Says_a_plain_line_every_five_seconds_elsewhere()
    {
        var fake = new FakeScreen();
        _run.Step("fold pods");
        using (new ProgressLine(_run, fake.Screen)) _clock.Advance(TimeSpan.FromSeconds(14));
        var lines = fake.Error.TrimEnd('\n').Split('\n');
        Assert.Equal(2, lines.Length);
        Assert.All(lines, line => Assert.StartsWith("quern: fold pods  ", line, StringComparison.Ordinal));
        Assert.DoesNotContain('\x1b', fake.Error);
    }

    [Fact]
    public void Says_how_much_of_what_is_known_is_done()
    {
        _run.Step("fold pods");
        _run.Progress.Expect(100_000_000);
        using var line = new ProgressLine(_run, new FakeScreen().Screen);
        Work(1);
        Assert.Equal("fold pods  10% of 100 MB  50,000 rows  50 k rows/s", WithoutMemory(line.Text(80)));
        Assert.EndsWith(" of 512 MB", line.Text(80), StringComparison.Ordinal);
    }

    [Fact]
    public void Forecasts_the_end_once_two_forecasts_agree()
    {
        _run.Progress.Expect(100_000_000);
        using var line = new ProgressLine(_run, new FakeScreen().Screen);
        Work(3);
        Assert.DoesNotContain("left", line.Text(80), StringComparison.Ordinal);
        Work(1);
        Assert.Contains("  6 s left  ", line.Text(80), StringComparison.Ordinal);
        _clock.Advance(TimeSpan.FromSeconds(4));
        Assert.DoesNotContain("left", line.Text(80), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(20)]
    [InlineData(40)]
    [InlineData(60)]
    public void Leaves_out_what_does_not_fit(int width)
    {
        _run.Step("fold pods");
        _run.Progress.Expect(100_000_000);
        using var line = new ProgressLine(_run, new FakeScreen().Screen);
        Work(3);
        Assert.InRange(line.Text(width).Length, "fold pods".Length, width);
    }
}
