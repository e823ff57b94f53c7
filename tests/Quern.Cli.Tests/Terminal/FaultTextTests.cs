using Quern.Running;

namespace Quern.Cli.Tests.Terminal;

public sealed class FaultTextTests
{
    static readonly Fault Wrong = new("QN1110", "this kind of output is not known")
    {
        Where = "a/path/without/a/blank/that/is/longer/than/the/terminal",
        Wanted = "a name that ends in .parquet, .csv, .arrow or .duckdb",
        Try = ["out.parquet"],
    };

    [Fact]
    public void A_terminal_gets_long_lines_in_parts_between_words() => Assert.Equal(
        """
        error QN1110: this kind of output is not known
          where   a/path/without/a/blank/that/is/longer/than/the/terminal
          wanted  a name that ends in .parquet,
                  .csv, .arrow or .duckdb
          try     out.parquet

        """, Told(terminal: true));

    [Fact]
    public void A_program_gets_them_whole() => Assert.Equal(Wrong + "\n", Told(terminal: false));

    static string Told(bool terminal)
    {
        var fake = new FakeScreen(terminal, columns: 40);
        var surroundings = new Surroundings("/", new Dictionary<string, string>(), TimeProvider.System, fake.Screen);
        new Outcome(Json: false, Quiet: true, null, surroundings).Show(RunReport.OfFailure("convert", new QuernException(Wrong)));
        return fake.Error;
    }
}
