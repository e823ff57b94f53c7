using Quern.Loading.Benchmark;

namespace Quern.Tests.Loading;

public class LoadStandingTests
{
    [Fact]
    public void Rank_goes_by_rows_a_second_whatever_the_rows()
    {
        var standings = LoadStanding.Of([Trial("slow", 1_000, 1), Trial("fast", 10_000, 2), Trial("middle", 200, 0.1)], "middle", null);
        Assert.Equal(["fast", "middle", "slow"], standings.Select(s => s.Trial.Name));
        Assert.Equal([1, 2, 3], standings.Select(s => s.Rank));
        Assert.Equal([2.5, 1, 0.5], standings.Select(s => Math.Round(s.Ratio, 9)));
    }

    [Fact]
    public void Equals_share_a_rank_and_the_next_has_one_less()
    {
        var standings = LoadStanding.Of([Trial("a", 10, 1), Trial("b", 10, 1), Trial("c", 10, 2)], "a", null);
        Assert.Equal([("a", 1), ("b", 1), ("c", 3)], standings.Select(s => (s.Trial.Name, s.Rank)));
    }

    [Fact]
    public void Seconds_are_the_median_of_the_rounds()
    {
        Assert.Equal(3, LoadStanding.Of([Trial("odd", 9, 100, 1, 3)], "odd", null)[0].Seconds);
        Assert.Equal(2.5, LoadStanding.Of([Trial("even", 9, 100, 1, 3, 2)], "even", null)[0].Seconds);
    }

    [Fact]
    public void CPU_is_the_median_and_memory_the_most()
    {
        var trial = new LoadTrial("a", "", 1, [new(1, 0.5, 70), new(1, 0.1, 90), new(1, 0.3, 80)]);
        var standing = LoadStanding.Of([trial], "a", null)[0];
        Assert.Equal((0.3, 90L), (standing.CpuSeconds, standing.PeakBytes));
    }

    [Fact]
    public void What_is_not_known_of_a_round_is_not_made_up()
    {
        var standing = LoadStanding.Of([new("server", "", 10, [new(1, null, null), new(1, 2, null)])], "server", null)[0];
        Assert.Null(standing.CpuSeconds);
        Assert.Null(standing.PeakBytes);
        Assert.Null(standing.BytesPerSecond);
    }

    [Fact]
    public void A_rate_in_bytes_is_that_of_rows_by_their_size() =>
        Assert.Equal(50 * 270, LoadStanding.Of([Trial("a", 100, 2)], "a", 270)[0].BytesPerSecond);

    [Fact]
    public void Ratios_need_somebody_to_refer_to() =>
        Assert.Throws<ArgumentException>(() => LoadStanding.Of([Trial("a", 1, 1)], "b", null));

    internal static LoadTrial Trial(string name, long rows, params double[] seconds) =>
        new(name, $"what {name} does", rows, [.. seconds.Select(s => new LoadEffort(s, s / 4, (long)(s * 50_000_000)))]);
}
