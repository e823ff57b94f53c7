using Quern.Duck;
using Quern.Folding.Kernel.Lanes;
using Quern.Tests.Duck;

namespace Quern.Tests.Folding.Kernel;

public sealed class ZoneTests
{
    [Theory]
    [InlineData("Europe/Berlin")]
    [InlineData("America/New_York")]
    [InlineData("Asia/Kolkata")]
    [InlineData("Australia/Lord_Howe")]
    public void Local_times_are_those_of_the_engine(string zone)
    {
        var random = new Random(9);
        var seconds = Enumerable.Range(0, 3_000).Select(_ => random.NextInt64(0, 1_900_000_000)).ToList();
        // Around changes of the clocks of 2024, second by second.
        foreach (var change in new[] { 1_711_846_800L, 1_729_990_800, 1_710_054_000, 1_730_613_600, 1_712_415_600, 1_728_142_200 })
            seconds.AddRange([change - 1, change, change + 1]);
        using var session = TestDuck.Memory();
        var clock = new ZoneClock(zone);
        var wrong = new List<string>();
        using var result = session.Query(
            $"select s, epoch(timezone({Sql.Text(zone)}, timezone('UTC', make_timestamp(s * 1000000))))::BIGINT - s "
            + $"from (select unnest([{string.Join(", ", seconds)}]::BIGINT[]) as s)");
        var compared = 0;
        while (result.Next() is { } chunk)
        {
            for (var row = 0; row < chunk.Rows; row++, compared++)
            {
                var (second, wanted) = (chunk[0].Values<long>()[row], chunk[1].Values<long>()[row]);
                if (clock.Offset(second) != wanted) wrong.Add(FormattableString.Invariant($"{second}: {clock.Offset(second)}, not {wanted}"));
            }
        }
        Assert.Equal(seconds.Count, compared);
        Assert.Empty(wrong);
    }
}
