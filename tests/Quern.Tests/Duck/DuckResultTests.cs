using Quern.Chunks;
using Quern.Duck;

namespace Quern.Tests.Duck;

public class DuckResultTests
{
    const string Wide = "select range a, (range * 0.5)::double b, 'customer ' || (range % 1000) c, "
        + "range % 3 = 0 d, timestamp '2024-01-01' + to_seconds(range) e, range::varchar f";

    [Fact]
    public void A_stream_is_ended_by_the_next_statement()
    {
        using var session = TestDuck.Memory();
        using var result = session.Query("from range(1000000)");
        Assert.NotNull(result.Next());
        session.Execute("select 1");
        var thrown = Assert.Throws<InvalidOperationException>(result.Next);
        Assert.Equal(
            "a later statement of the session has ended this result: read it to its end first, or use a session of its own", thrown.Message);
    }

    [Fact]
    public void A_kept_result_outlives_the_next_statement_and_its_own()
    {
        using var session = TestDuck.Memory();
        DuckResult result;
        using (var statement = session.Prepare("from range(5000)")) result = statement.QueryAll();
        using (result)
        {
            Assert.False(result.IsStreaming);
            session.Execute("select 1");
            var rows = 0;
            while (result.Next() is { } chunk) rows += chunk.Rows;
            Assert.Equal(5000, rows);
            Assert.Null(result.Next());
        }
    }

    [Fact]
    public void Two_sessions_stream_beside_each_other()
    {
        using var database = DuckDatabase.Open(TestDuck.Options);
        using var one = database.Connect();
        using var two = database.Connect();
        one.Execute("create table t as from range(100000)");
        using var first = one.Query("from t");
        using var second = two.Query("from t");
        var rows = 0;
        while (first.Next() is { } a && second.Next() is { } b) rows += Math.Min(a.Rows, b.Rows);
        Assert.Equal(100_000, rows);
    }

    [Fact]
    public void Nothing_works_after_dispose()
    {
        var session = TestDuck.Memory();
        var statement = session.Prepare("select 1");
        var result = statement.Query();
        session.Dispose();
        Assert.Throws<ObjectDisposedException>(result.Next);
        Assert.Throws<ObjectDisposedException>(() => session.Execute("select 1"));
        Assert.Throws<ObjectDisposedException>(() => session.Prepare("select 1"));
        Assert.Throws<ObjectDisposedException>(() => session.Append("t"));
        Assert.Throws<ObjectDisposedException>(session.Profile);
        Assert.Throws<ObjectDisposedException>(() => statement.Query());
        statement.Dispose();
        Assert.Throws<ObjectDisposedException>(() => statement.Query());
        Assert.Throws<ObjectDisposedException>(() => statement.Bind(1, 1));
        result.Dispose();
        Assert.Throws<ObjectDisposedException>(result.Next);
        session.Interrupt();
        session.Dispose();
    }

    [Fact]
    public void Reading_allocates_nothing_a_row()
    {
        using var session = TestDuck.Memory();
        session.Execute($"create table t as {Wide} from range(1000000)");
        using var result = session.Query("from t");
        var before = 0L;
        var rows = 0;
        while (result.Next() is { } chunk)
        {
            if (rows == 0) before = GC.GetAllocatedBytesForCurrentThread();
            for (var column = 0; column < chunk.Schema.Count; column++) Touch(chunk[column]);
            rows += chunk.Rows;
        }
        Assert.Equal(1_000_000, rows);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1000);
    }

#if DEBUG
    [Fact]
    public void A_vector_of_an_earlier_chunk_is_refused_in_debug_builds()
    {
        using var session = TestDuck.Memory();
        using var result = session.Query("from range(5000)");
        var thrown = Assert.Throws<InvalidOperationException>(() =>
        {
            var vector = result.Next()![0];
            result.Next();
            return vector.Values<long>()[0];
        });
        Assert.Equal("this vector belongs to a chunk that has been returned: copy values before asking for the next chunk", thrown.Message);
    }
#endif

    static long Touch(Vector vector)
    {
        var sum = 0L;
        switch (vector.Type.Width)
        {
            case 1: foreach (var value in vector.Values<byte>()) sum += value; break;
            case 8: foreach (var value in vector.Values<long>()) sum += value; break;
            case 16: foreach (ref readonly var text in vector.Texts) sum += text.Length > 0 ? text.Bytes[^1] : 0; break;
        }
        return sum;
    }
}
