using System.Globalization;
using Quern.Jinja;

namespace Quern.Tests.Jinja;

public sealed class CultureTests : IDisposable
{
    readonly CultureInfo _before = CultureInfo.CurrentCulture;

    /// <summary>A program that uses the library may have set any culture.</summary>
    public CultureTests()
    {
        var odd = (CultureInfo)CultureInfo.InvariantCulture.Clone();
        (odd.NumberFormat.NumberGroupSeparator, odd.NumberFormat.NegativeSign, odd.NumberFormat.NumberDecimalSeparator) = ("_", "~", "#");
        (odd.DateTimeFormat.DateSeparator, odd.DateTimeFormat.TimeSeparator) = ("_", "~");
        CultureInfo.CurrentCulture = odd;
    }

    public void Dispose() => CultureInfo.CurrentCulture = _before;

    [Theory]
    [InlineData("{{ range(10 ** 12) }}", "1,000,000,000,000 items is larger than the ")]
    [InlineData("{{ 'a' * 10 ** 12 }}", "a value of 1,907,348 MiB ")]
    [InlineData("{{ 9 ** (9 ** 9) }}", "the power has more than 1")]
    [InlineData("{{ '%1000000000d' % 1 }}", "a width of 1,000,000,000 is larger than ")]
    [InlineData("{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}", "calls are open at once")]
    [InlineData("{% for a in range(100000) %}{% for b in range(100000) %}{% endfor %}{% endfor %}", " steps a rendering may take")]
    [InlineData("{{ [1] | batch(-1) | list }}", "not -1")]
    [InlineData("{{ [1] | slice(-1) | list }}", "not -1")]
    [InlineData("{{ 'a' | wordwrap(-1) }}", "not -1")]
    [InlineData("{{ '%c' % -1 }}", "-1")]
    [InlineData("{{ '{:c}'.format(-1) }}", "-1")]
    public void Messages_are_the_same_in_every_culture(string template, string said)
    {
        var text = Run.Fault(new TemplateEnvironment { Limits = new Limits { Steps = 2_000_000 } }, template).ToString();
        Assert.Contains(said, text, StringComparison.Ordinal);
        Assert.DoesNotMatch("[0-9]_|~[0-9]", text);
    }

    [Fact]
    public void Values_are_the_same_in_every_culture() => Assert.Equal(
        "-1 day, 23:59:59.500000 datetime.timedelta(days=-1, seconds=86399, microseconds=500000) 2025-10-01 00:00:00 -1.5 -2 1e-07",
        Run.Text(
            "{{ span }} {{ ([span] | string)[1:-1] }} {{ at }} {{ -1.5 }} {{ -2 }} {{ 1e-7 }}",
            ("span", TimeSpan.FromSeconds(-0.5)), ("at", new DateTime(2025, 10, 1))));
}
