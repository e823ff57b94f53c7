using Quern.Chunks;
using Quern.Duck;

namespace Quern.Tests.Duck;

public class DuckAppenderTests
{
    [Fact]
    public void Every_type_survives_the_round_trip()
    {
        using var session = TestDuck.Memory();
        session.Execute("create table source as select * exclude (geometry) from test_all_types()");
        session.Execute("create table target as from source limit 0");
        using (var appender = session.Append("target"))
        {
            using var source = session.Prepare("from source").QueryAll();
            using var buffer = new ChunkBuffer(source.Schema);
            while (source.Next() is { } chunk)
            {
                buffer.Clear();
                buffer.Writer.Copy(chunk);
                appender.Append(buffer);
            }
            Assert.Equal(3, appender.Complete());
        }
        Assert.Equal(3, session.Scalar<long>("select count(*) from target"));
        Assert.Equal(0, session.Scalar<long>("select count(*) from (from source except all from target)"));
    }

    [Fact]
    public void Appends_into_an_attached_catalog()
    {
        using var session = TestDuck.Memory();
        session.Execute("attach ':memory:' as other; create schema other.s; create table other.s.\"a table\"(a int)");
        using var appender = session.Append("a table", "s", "other");
        using var buffer = new ChunkBuffer(new Schema([new Column("a", appender.Types[0])]));
        buffer.Writer[0].Values<int>()[0] = 7;
        buffer.Writer.Rows = 1;
        appender.Append(buffer);
        appender.Complete();
        Assert.Equal(7, session.Scalar<int>("select a from other.s.\"a table\""));
    }

    [Fact]
    public void Feeds_a_statement()
    {
        using var session = TestDuck.Memory();
        session.Execute("create table t(k int primary key, v int); insert into t values (1, 10), (2, 20)");
        var schema = new Schema([new Column("k", LogicalType.Of(TypeKind.Integer)), new Column("v", LogicalType.Of(TypeKind.Integer))]);
        using var appender = session.AppendInto("insert or replace into t select k, v from fed", schema, "fed");
        using var buffer = new ChunkBuffer(schema);
        new[] { 2, 3 }.CopyTo(buffer.Writer[0].Values<int>());
        new[] { 22, 33 }.CopyTo(buffer.Writer[1].Values<int>());
        buffer.Writer.Rows = 2;
        appender.Append(buffer);
        appender.Complete();
        Assert.Equal("[10, 22, 33]", session.Scalar<string>("select list(v order by k)::varchar from t"));
    }

    [Fact]
    public void Drops_what_was_not_completed()
    {
        using var session = TestDuck.Memory();
        session.Execute("create table t(a int)");
        using (var appender = session.Append("t"))
        using (var buffer = new ChunkBuffer(new Schema([new Column("a", appender.Types[0])])))
        {
            buffer.Writer.Rows = 1;
            appender.Append(buffer);
        }
        Assert.Equal(0, session.Scalar<long>("select count(*) from t"));
    }

    [Fact]
    public void A_missing_table_is_a_catalog_error()
    {
        using var session = TestDuck.Memory();
        var thrown = Assert.Throws<QuernException>(() => session.Append("nowhere"));
        Assert.Equal("error QN9012: Table \".main.nowhere\" could not be found", thrown.Fault.ToString());
    }

    [Fact]
    public void A_broken_constraint_is_told_at_the_end()
    {
        using var session = TestDuck.Memory();
        session.Execute("create table t(a int not null)");
        using var appender = session.Append("t");
        using var buffer = new ChunkBuffer(new Schema([new Column("a", appender.Types[0])]));
        buffer.Writer[0].SetNull(0);
        buffer.Writer.Rows = 1;
        appender.Append(buffer);
        var thrown = Assert.Throws<QuernException>(() => appender.Complete());
        Assert.Equal("error QN9017: Constraint Error: NOT NULL constraint failed: t.a", thrown.Fault.ToString());
    }
}
