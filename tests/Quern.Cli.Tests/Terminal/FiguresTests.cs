using Quern.Cli.Terminal;

namespace Quern.Cli.Tests.Terminal;

public class FiguresTests
{
    [Theory]
    [InlineData(0, "0")]
    [InlineData(999.4, "999")]
    [InlineData(1_100_000, "1.1 M")]
    [InlineData(300_100, "300 k")]
    [InlineData(999_600, "1 M")]
    [InlineData(3_000_000_000, "3 G")]
    public void Prints_a_rate_in_two_digits(double rate, string text) => Assert.Equal(text, Figures.Rate(rate));

    [Theory]
    [InlineData(0.92, "0.92 s")]
    [InlineData(9.996, "10.0 s")]
    [InlineData(41.27, "41.3 s")]
    [InlineData(99.96, "1 min 40 s")]
    [InlineData(200, "3 min 20 s")]
    [InlineData(3_599.7, "1 h 0 min")]
    [InlineData(7_500, "2 h 5 min")]
    public void Prints_a_time_in_the_unit_that_fits(double seconds, string text) =>
        Assert.Equal(text, Figures.Time(TimeSpan.FromSeconds(seconds)));

    [Theory]
    [InlineData(0.4199, "41%")]
    [InlineData(0.9999, "99%")]
    [InlineData(1.0, "100%")]
    public void Says_100_percent_only_when_all_is_done(double part, string text) => Assert.Equal(text, Figures.Percent(part));
}
