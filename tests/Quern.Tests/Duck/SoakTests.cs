using System.Globalization;
using Quern.Chunks;
using Quern.Duck;

namespace Quern.Tests.Duck;

[Collection(nameof(Alone))]
public class SoakTests
{
    // Allocators settle some 30 MB higher in the first 10,000 statements and stay there. One chunk (100 kB) or
    // statement (20 kB)
    // left behind by one of the eight kinds of work below would be 125 or 25 MB on top.
    const long LimitBytes = 45_000_000;

    // Not a DELETE: an in-memory table keeps what is deleted.
    const string Table = "create or replace table t(a int, b varchar, c varchar[])";

    [Fact]
    public void Ten_thousand_statements_leave_no_memory_behind()
    {
        using var database = DuckDatabase.Open(TestDuck.Options with { Threads = 1 });
        Round(database, 1000);
        Collect();
        var before = ResidentBytes();
        Round(database, 10_000);
        Collect();
        var grown = ResidentBytes() - before;
        Assert.True(grown < LimitBytes, $"grew by {grown:n0} bytes");
    }

    static void Round(DuckDatabase database, int statements)
    {
        using var session = database.Connect();
        session.Register(new Words());
        session.Execute(Table);
        var schema = new Schema([
            new Column("a", LogicalType.Of(TypeKind.Integer)),
            new Column("b", LogicalType.Of(TypeKind.Varchar)),
            new Column("c", LogicalType.List(LogicalType.Of(TypeKind.Varchar)))]);
        using var buffer = new ChunkBuffer(schema);
        using var kept = session.Prepare("select a, b, c from t where a >= $1");
        for (var i = 0; i < statements; i++)
        {
            switch (i % 8)
            {
                case 0:
                    using (var other = database.Connect()) other.Scalar<int>("select 1");
                    break;
                case 1:
                    using (var statement = session.Prepare("select $1::varchar || $2::decimal(9,2)"))
                    {
                        statement.Bind(1, "a text of more than twelve bytes");
                        statement.Bind(2, 1.5m);
                        statement.Scalar<string>();
                    }
                    break;
                case 2:
                    using (var result = session.Query("select range, 'text number ' || range, [range::varchar] from range(2100)"))
                        result.Next();
                    break;
                case 3:
                    using (var appender = session.Append("t"))
                    {
                        Fill(buffer, i);
                        appender.Append(buffer);
                        appender.Complete();
                    }
                    break;
                case 4:
                    kept.Bind(1, i / 2);
                    using (var result = kept.QueryAll())
                    {
                        while (result.Next() is not null)
                        {
                        }
                    }
                    break;
                case 5:
                    Assert.Throws<QuernException>(() => session.Execute("select no_such_column from t"));
                    break;
                case 6:
                    session.Scalar<long>("select sum(length(word)) from words()");
                    break;
                case 7:
                    session.Execute(Table + "; begin; rollback");
                    break;
            }
        }
    }

    static void Fill(ChunkBuffer buffer, int from)
    {
        buffer.Clear();
        for (var row = 0; row < 20; row++)
        {
            buffer.Writer[0].Values<int>()[row] = from + row;
            buffer.Writer[1].SetText(row, $"a text of more than twelve bytes {row}");
            var first = buffer.Writer[2].AddList(row, 2);
            buffer.Writer[2].Child.SetText(first, "short");
            buffer.Writer[2].Child.SetNull(first + 1);
        }
        buffer.Writer.Rows = 20;
    }

    static void Collect()
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect();
    }

    static long ResidentBytes()
    {
        var pages = File.ReadAllText("/proc/self/statm").Split(' ')[1];
        return long.Parse(pages, CultureInfo.InvariantCulture) * Environment.SystemPageSize;
    }

    /// <summary>words(): 3,000 words.</summary>
    sealed class Words : TableFunction
    {
        public override string Name => "words";

        public override TableSource Bind(TableArguments arguments) => new Source();

        sealed class Source : TableSource
        {
            public override Schema Schema { get; } = new([new Column("word", LogicalType.Of(TypeKind.Varchar))]);

            public override TableScan Scan(IReadOnlyList<int> columns) => new Run();
        }

        sealed class Run : TableScan
        {
            public override TableReader Open() => new Reader();
        }

        sealed class Reader : TableReader
        {
            int _left = 3000;

            public override void Fill(ChunkWriter output)
            {
                var rows = Math.Min(_left, Chunk.Capacity);
                for (var row = 0; row < rows; row++) output[0].SetText(row, "a word of more than twelve bytes"u8);
                output.Rows = rows;
                _left -= rows;
            }
        }
    }
}
