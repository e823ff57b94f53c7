namespace Quern.Tests.Jinja.Values;

public class MomentsTests
{
    static readonly (string, object?)[] Names =
    [
        ("at", new DateTime(2024, 2, 9, 7, 5, 3)),
        ("precise", new DateTime(2024, 2, 9, 17, 5, 3).AddMicroseconds(1500)),
        ("aware", new DateTimeOffset(2024, 12, 30, 23, 5, 3, TimeSpan.Zero)),
        ("day", new DateOnly(2024, 3, 1)),
        ("span", new TimeSpan(3, 4, 5, 6)),
    ];

    [Theory]
    [InlineData("{{ at }}", "2024-02-09 07:05:03")]
    [InlineData("{{ precise }}", "2024-02-09 17:05:03.001500")]
    [InlineData("{{ aware }}", "2024-12-30 23:05:03+00:00")]
    [InlineData("{{ day }}", "2024-03-01")]
    [InlineData("{{ span }} {{ -span }}", "3 days, 4:05:06 -4 days, 19:54:54")]
    [InlineData("{{ [at, day] }}", "[datetime.datetime(2024, 2, 9, 7, 5, 3), datetime.date(2024, 3, 1)]")]
    [InlineData("{{ at.strftime('%Y-%m-%d %H:%M:%S.%f') }}", "2024-02-09 07:05:03.000000")]
    [InlineData("{{ at.strftime('%-d/%-m/%y %I%p %a %A %b %B %j %%') }}", "9/2/24 07AM Fri Friday Feb February 040 %")]
    [InlineData("{{ aware.strftime('%G-W%V-%u %z %Z %s') }}", "2025-W01-1 +0000 UTC 1735599903")]
    [InlineData(
        "{{ day.isoformat() }} {{ at.isoformat() }} {{ aware.isoformat() }}", "2024-03-01 2024-02-09T07:05:03 2024-12-30T23:05:03+00:00")]
    [InlineData("{{ at.date() }} {{ at.year }} {{ at.minute }} {{ at.weekday() }}", "2024-02-09 2024 5 4")]
    [InlineData("{{ day - at.date() }} {{ (day - at.date()).days }}", "21 days, 0:00:00 21")]
    [InlineData("{{ at + span }} {{ at - span }}", "2024-02-12 11:10:09 2024-02-06 02:59:57")]
    [InlineData("{{ day > at.date() }} {{ day == day }} {{ at == day }}", "True True False")]
    [InlineData("{{ span.total_seconds() }} {{ span.seconds }}", "273906.0 14706")]
    [InlineData("{{ at.replace(day=1, hour=0) }}", "2024-02-01 00:05:03")]
    [InlineData("{{ '{:%Y}'.format(at) }}", "2024")]
    public void Prints_and_computes_as_python_does(string template, string expected) =>
        Assert.Equal(expected, Run.Text(template, Names));

    [Fact]
    public void Rejects_dates_out_of_range() =>
        Assert.Equal("the date is out of range", Run.Fault("{{ at.replace(month=13) }}", Names).What);
}
