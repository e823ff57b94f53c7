using Quern.Chunks;
using Quern.Duck;

namespace Quern.Tests.Duck;

public class TableFunctionTests
{
    [Fact]
    public void Several_threads_read_the_columns_a_query_needs()
    {
        using var session = TestDuck.Memory();
        var numbers = new Numbers();
        session.Register(numbers);
        const long Rows = 1_000_000;
        Assert.Equal(
            session.Scalar<Int128>($"select sum(range * 3) from range({Rows})"),
            session.Scalar<Int128>($"select sum(triple) from numbers({Rows})"));
        Assert.Equal([2], numbers.LastColumns);
        Assert.True(numbers.Readers > 1, "one reader only");
        Assert.Equal(
            session.Scalar<string>($"select md5(string_agg('number ' || range, ',' order by range)) from range({Rows / 10})"),
            session.Scalar<string>($"select md5(string_agg(name, ',' order by n)) from numbers({Rows / 10})"));
        Assert.Equal([1, 0], numbers.LastColumns);
        Assert.Equal(numbers.Readers, numbers.Disposed);
    }

    [Fact]
    public void A_query_that_counts_asks_for_the_first_column()
    {
        using var session = TestDuck.Memory();
        var numbers = new Numbers();
        session.Register(numbers);
        Assert.Equal(5000, session.Scalar<long>("select count(*) from numbers(5000)"));
        Assert.Equal([0], numbers.LastColumns);
    }

    [Fact]
    public void Filters_and_joins_see_all_columns_they_use()
    {
        using var session = TestDuck.Memory();
        session.Register(new Numbers());
        Assert.Equal(
            "number 4 is 12",
            session.Scalar<string>(
                "select a.name || ' is ' || b.triple from numbers(10) a join numbers(10) b on a.n = b.n where b.triple = 12"));
    }

    [Fact]
    public void Takes_named_arguments_and_lists()
    {
        using var session = TestDuck.Memory();
        session.Register(new Numbers());
        Assert.Equal(100, session.Scalar<long>("select min(n) from numbers(10, start = 100)"));
        Assert.Equal(7, session.Scalar<long>("select min(n) from numbers(10, \"add\" = [3, 4])"));
    }

    [Fact]
    public void A_prepared_statement_scans_again_each_time()
    {
        using var session = TestDuck.Memory();
        session.Register(new Numbers());
        using var statement = session.Prepare("select count(*) from numbers(10) where n >= $1");
        statement.Bind(1, 4L);
        Assert.Equal(6, statement.Scalar<long>());
        statement.Bind(1, 9L);
        Assert.Equal(1, statement.Scalar<long>());
    }

    [Theory]
    [InlineData("bind")]
    [InlineData("scan")]
    [InlineData("open")]
    [InlineData("fill")]
    public void A_fault_comes_out_of_the_query_as_it_is(string where)
    {
        using var session = TestDuck.Memory();
        var fault = new QuernException(new Fault("QN3107", "value does not fit its column") { Where = "orders.csv line 3" });
        session.Register(new Numbers { Broken = where, Failure = fault });
        Assert.Same(fault, Assert.Throws<QuernException>(() => session.Execute("select sum(n) from numbers(100000)")));
        Assert.Equal(1, session.Scalar<int>("select 1"));
    }

    [Fact]
    public void Any_other_exception_comes_out_inside_a_fault()
    {
        using var session = TestDuck.Memory();
        var failure = new InvalidDataException("no such thing");
        session.Register(new Numbers { Broken = "fill", Failure = failure });
        var thrown = Assert.Throws<QuernException>(() => session.Execute("select sum(n) from numbers(100000)"));
        Assert.Equal("error QN9018: Invalid Input Error: no such thing", thrown.Fault.ToString());
        Assert.Same(failure, thrown.InnerException);
    }

    [Fact]
    public void A_cancellation_inside_comes_out_as_one()
    {
        using var session = TestDuck.Memory();
        session.Register(new Numbers { Broken = "fill", Failure = new OperationCanceledException() });
        Assert.Throws<OperationCanceledException>(() => session.Execute("select sum(n) from numbers(100000)"));
    }

    [Fact]
    public void An_output_cannot_be_written_after_the_call()
    {
        using var session = TestDuck.Memory();
        var numbers = new Numbers();
        session.Register(numbers);
        session.Execute("select n, name from numbers(10)");
        Assert.Throws<ObjectDisposedException>(() => numbers.LastOutput!.Rows = 1);
        Assert.Throws<IndexOutOfRangeException>(() => numbers.LastOutput![0].Values<long>()[0] = 1);
        Assert.Throws<IndexOutOfRangeException>(() => numbers.LastOutput![1].SetText(0, "x"));
        Assert.Throws<ArgumentOutOfRangeException>(() => numbers.LastOutput![0].SetNull(0));
    }

    /// <summary>numbers(count, start = 0, add = []): n, name, triple.</summary>
    sealed class Numbers : TableFunction
    {
        static readonly LogicalType BigInt = LogicalType.Of(TypeKind.BigInt);

        int _readers;
        int _disposed;

        public string? Broken { get; init; }

        public Exception? Failure { get; init; }

        public IReadOnlyList<int>? LastColumns { get; private set; }

        public ChunkWriter? LastOutput { get; private set; }

        public int Readers => _readers;

        public int Disposed => _disposed;

        public override string Name => "numbers";

        public override IReadOnlyList<LogicalType> Parameters => [BigInt];

        public override IReadOnlyList<Column> NamedParameters => [new("start", BigInt), new("add", LogicalType.List(BigInt))];

        public override TableSource Bind(TableArguments arguments)
        {
            Fail("bind");
            var start = (long?)arguments["start"] ?? 0;
            if (arguments.Has("add")) start += ((object?[])arguments["add"]!).Sum(value => (long)value!);
            return new Source(this, start, (long)arguments[0]!);
        }

        void Fail(string where)
        {
            if (Broken == where) throw Failure!;
        }

        sealed class Source(Numbers numbers, long start, long count) : TableSource
        {
            public override Schema Schema { get; } =
                new([new Column("n", BigInt), new Column("name", LogicalType.Of(TypeKind.Varchar)), new Column("triple", BigInt)]);

            public override long? EstimatedRows => count;

            public override bool EstimateIsExact => true;

            public override TableScan Scan(IReadOnlyList<int> columns)
            {
                numbers.Fail("scan");
                numbers.LastColumns = columns;
                return new Run(numbers, start, start + count, columns);
            }
        }

        sealed class Run(Numbers numbers, long start, long end, IReadOnlyList<int> columns) : TableScan
        {
            long _next = start;

            public override int MaxThreads => 8;

            public override TableReader Open()
            {
                numbers.Fail("open");
                Interlocked.Increment(ref numbers._readers);
                return new Reader(this);
            }

            void Fill(ChunkWriter output)
            {
                numbers.Fail("fill");
                numbers.LastOutput = output;
                var first = Interlocked.Add(ref _next, Chunk.Capacity) - Chunk.Capacity;
                var rows = (int)Math.Clamp(end - first, 0, Chunk.Capacity);
                for (var column = 0; column < columns.Count; column++)
                {
                    for (var row = 0; row < rows; row++)
                    {
                        if (columns[column] == 1) output[column].SetText(row, $"number {first + row}");
                        else output[column].Values<long>()[row] = columns[column] == 0 ? first + row : (first + row) * 3;
                    }
                }
                output.Rows = rows;
            }

            void Close() => Interlocked.Increment(ref numbers._disposed);

            sealed class Reader(Run run) : TableReader
            {
                public override void Fill(ChunkWriter output) => run.Fill(output);

                public override void Dispose()
                {
                    run.Close();
                    base.Dispose();
                }
            }
        }
    }
}
