namespace Quern.Tests.Duck;

public class DuckSessionTests
{
    [Fact]
    public void Reads_a_scalar()
    {
        using var session = TestDuck.Memory();
        Assert.Equal(42, session.Scalar<int>("select 42"));
        Assert.Equal("UTC", session.Scalar<string>("select current_setting('TimeZone')"));
    }

    [Fact]
    public void Runs_many_statements_and_counts_their_rows()
    {
        using var session = TestDuck.Memory();
        Assert.Equal(7, session.Execute("create table t(a int); insert into t from range(5); delete from t where a < 2; select * from t"));
        Assert.Equal(3, session.Scalar<long>("select count(*) from t"));
    }

    [Fact]
    public void Streams_rows_in_chunks()
    {
        using var session = TestDuck.Memory();
        using var result = session.Query("select range::bigint a, 'row ' || range b from range(5000)");
        Assert.True(result.IsStreaming);
        Assert.Equal("a BIGINT, b VARCHAR", result.Schema.ToString());
        var rows = 0;
        var sum = 0L;
        while (result.Next() is { } chunk)
        {
            Assert.Equal($"row {rows}", chunk[1].Texts[0].ToString());
            foreach (var value in chunk[0].Values<long>()) sum += value;
            rows += chunk.Rows;
        }
        Assert.Equal(5000, rows);
        Assert.Equal(4999L * 5000 / 2, sum);
    }

    [Fact]
    public void Binds_by_position_and_by_name()
    {
        using var session = TestDuck.Memory();
        using var statement = session.Prepare("select $a::int + $b::int");
        statement.Bind("a", 40);
        statement.Bind("b", 2);
        Assert.Equal(42, statement.Scalar<int>());
        statement.Bind(statement.Parameter("b"), 3);
        Assert.Equal(43, statement.Scalar<int>());
    }
}
