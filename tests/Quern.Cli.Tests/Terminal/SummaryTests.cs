using Quern.Cli.Terminal;
using Quern.Running;

namespace Quern.Cli.Tests.Terminal;

public class SummaryTests
{
    static readonly RunReport Sample = new("openshift summarize")
    {
        Read = 1_017_615,
        Kept = 1_017_600,
        Filtered = 15,
        Written = 41_600,
        Elapsed = TimeSpan.FromSeconds(0.92),
        PeakMemoryBytes = 402_000_000,
        MemoryLimitBytes = 512_000_000,
        Steps =
        [
            new("fold pods", TimeSpan.FromSeconds(0.565), TimeSpan.FromSeconds(1), 1_000_000, 1, 0, 1),
            new("write", TimeSpan.FromSeconds(0.2), TimeSpan.FromSeconds(0.2), 41_600, 1, 0, 1),
        ],
        Outputs = [new("summary.duckdb", "duckdb", 41_600)],
    };

    static string Text(RunReport report, int width = 80) =>
        Draw(new Ink(Coloured: false), Summary.Lines(report, "run.json", width));

    static string Draw(Ink ink, IEnumerable<Line> lines) => string.Join('\n', lines.Select(ink.Draw));

    [Fact]
    public void Says_what_was_made_and_what_it_took() => Assert.Equal(
        """
        summary.duckdb   41,600 rows from 1,017,615 in 0.92 s (1.1 M rows/s)
        rows      read 1,017,615 = kept 1,017,600 + filtered 15 + rejected 0;
                  written 41,600
        memory    peak 402 MB of 512 MB   slowest: fold pods (61%)   spilled 0
        report    run.json
        """,
        Text(Sample));

    [Fact]
    public void Gives_each_warning_a_line_with_its_number() => Assert.Contains(
        """
        warnings  QN4012 x 3,000 row has no node
                  QN4013 x 1 day is not complete, and this is a sentence that fills the line
        """,
        Text(Sample with
        {
            Warnings =
            [
                new("QN4012", "row has no node", 3_000),
                new("QN4013", "day is not complete, and this is a sentence that fills the line", 1),
            ],
        }),
        StringComparison.Ordinal);

    [Fact]
    public void Puts_a_long_path_on_a_line_of_its_own() => Assert.StartsWith(
        """
        /a/very/long/path/that/leaves/no/room/summary.duckdb and 1 more
                  41,600 rows from 1,017,615 in 0.92 s (1.1 M rows/s)
        """,
        Text(Sample with { Outputs = [new("/a/very/long/path/that/leaves/no/room/summary.duckdb", "duckdb", 1), new("b", "csv", 1)] }),
        StringComparison.Ordinal);

    [Fact]
    public void Fits_a_narrow_terminal() =>
        Assert.All(Text(Sample, 44).Split('\n'), line => Assert.InRange(line.Length, 1, 44));

    [Fact]
    public void Does_not_claim_rows_or_outputs_when_the_run_failed() => Assert.Equal(
        """
        memory    peak 402 MB of 512 MB   slowest: fold pods (61%)   spilled 0
        report    run.json
        """,
        Text(Sample with { Error = new Fault("QN2001", "no such file") }));

    [Fact]
    public void Colours_labels_only_when_asked()
    {
        Assert.DoesNotContain('\x1b', Text(Sample));
        Assert.Contains("\x1b[2mrows      \x1b[0mread", Draw(new Ink(true), Summary.Lines(Sample, null, 80)), StringComparison.Ordinal);
    }
}
