using Quern.Rollups.Store;

namespace Quern.Tests.Rollups.Store;

public sealed class SourceDiffTests
{
    static readonly SourceFile A = new("/a.csv", 10, DateTimeOffset.UnixEpoch, 1);
    static readonly SourceFile B = new("/b.csv", 20, DateTimeOffset.UnixEpoch, 2);

    [Fact]
    public void Files_that_stayed_as_they_were_keep_what_is_known_of_them()
    {
        var diff = SourceDiff.Of([A, B], [B with { Rows = -1 }, A with { Rows = -1 }]);
        Assert.Equal([B, A], diff.Same);
        Assert.True(diff.IsEmpty && diff.OnlyAdds);
    }

    [Theory]
    [InlineData(11, 0)]
    [InlineData(10, 1)]
    [InlineData(10, -1)]
    public void Another_size_or_time_is_a_change(long bytes, int ticks)
    {
        var now = A with { Bytes = bytes, Modified = A.Modified.AddTicks(ticks) };
        var diff = SourceDiff.Of([A, B], [now, B]);
        Assert.Equal([now], diff.Changed);
        Assert.Equal([B], diff.Same);
        Assert.False(diff.IsEmpty || diff.OnlyAdds);
    }

    [Fact]
    public void New_files_only_add()
    {
        var diff = SourceDiff.Of([A], [A, B]);
        Assert.Equal([B], diff.New);
        Assert.True(diff.OnlyAdds && !diff.IsEmpty);
    }

    [Fact]
    public void A_file_that_went_away_or_was_renamed_is_gone()
    {
        var diff = SourceDiff.Of([A, B], [A, B with { Path = "/c.csv" }]);
        Assert.Equal([B], diff.Gone);
        Assert.Equal("/c.csv", Assert.Single(diff.New).Path);
        Assert.False(diff.OnlyAdds);
    }

    [Fact]
    public void Each_file_is_in_one_list()
    {
        var random = new Random(3);
        for (var i = 0; i < 200; i++)
        {
            var built = Files(random);
            var now = Files(random);
            var diff = SourceDiff.Of(built, now);
            Assert.Equal(Paths(now), Paths([.. diff.Same, .. diff.Changed, .. diff.New]));
            Assert.Equal(Paths(built), Paths([.. diff.Same, .. diff.Changed, .. diff.Gone]));
        }
    }

    static List<SourceFile> Files(Random random) =>
        [.. Enumerable.Range(0, 8).Where(_ => random.Next(2) == 0).Select(i => new SourceFile($"/{i}", random.Next(2), DateTimeOffset.UnixEpoch))];

    static IEnumerable<string> Paths(IEnumerable<SourceFile> files) => files.Select(f => f.Path).Order(StringComparer.Ordinal);
}
