namespace Quern.Tests.Duck;

public class DuckProfileTests
{
    [Fact]
    public void Tells_what_each_operator_did()
    {
        using var session = TestDuck.Memory();
        session.StartProfiling();
        session.Execute("select range % 10 k, sum(range) from range(1000000) group by k");
        var profile = session.Profile()!;
        Assert.Equal("select range % 10 k, sum(range) from range(1000000) group by k", profile.Sql);
        Assert.Equal(10, profile.RowsReturned);
        Assert.Equal(1_000_000, profile.RowsScanned);
        Assert.True(profile.Latency > TimeSpan.Zero);
        Assert.True(profile.Cpu > TimeSpan.Zero);
        Assert.True(profile.PeakBufferBytes > 0);
        Assert.Equal(0, profile.PeakTempBytes);
        var group = Assert.Single(profile.Operators);
        Assert.Equal("HASH_GROUP_BY", group.Name);
        Assert.Equal(10, group.Rows);
        Assert.Contains("sum", group.Details, StringComparison.Ordinal);
        var scan = Assert.Single(Assert.Single(group.Children).Children);
        Assert.Equal(("RANGE", "TABLE_SCAN", 1_000_000L), (scan.Name, scan.Kind, scan.RowsScanned));
    }

    [Fact]
    public void There_is_none_unless_asked_for()
    {
        using var session = TestDuck.Memory();
        session.Execute("select 1");
        Assert.Null(session.Profile());
        session.StartProfiling();
        session.StopProfiling();
        session.Execute("select 2");
        Assert.NotEqual("select 2", session.Profile()?.Sql);
    }
}
