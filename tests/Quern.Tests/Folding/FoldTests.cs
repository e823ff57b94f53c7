using System.Globalization;
using System.Text;
using Quern.Budget;
using Quern.Chunks;
using Quern.Csv;
using Quern.Folding;
using Quern.Folding.Declared;
using Quern.Folding.Expressions;
using Quern.Folding.Results;
using Quern.Running;
using Quern.Tests.Files;

namespace Quern.Tests.Folding;

public sealed class FoldTests : IDisposable
{
    const MeasureKeep Numbers = MeasureKeep.Sum | MeasureKeep.Min | MeasureKeep.Max;

    readonly ScratchFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    static Fold Sales(params string[] grains) => new()
    {
        Name = "sales",
        Source = new FoldSource("sales", [],
            [
                new("ts", LogicalType.Of(TypeKind.BigInt), EpochUnit.Seconds), new("shop", LogicalType.Of(TypeKind.Varchar)),
                new("item", LogicalType.Of(TypeKind.Integer)), new("price", LogicalType.Of(TypeKind.Double)),
                new("pieces", LogicalType.Of(TypeKind.SmallInt)),
            ]),
        Derived =
        [
            new("day", new BucketTerm(TimeBucket.Day, new ColumnTerm("ts"))), new("week", new BucketTerm(TimeBucket.Week, new ColumnTerm("ts"))),
            new("hour", new BucketTerm(TimeBucket.Hour, new ColumnTerm("ts"))), new("month", new BucketTerm(TimeBucket.Month, new ColumnTerm("ts"))),
        ],
        Measures = [new("price", Numbers | MeasureKeep.SumSquares), new("pieces", Numbers)],
        Grains = [.. grains.Select(g => new Grain(g.Length == 0 ? "all" : g, g.Split(' ', StringSplitOptions.RemoveEmptyEntries)))],
    };

    static string Table(Random random, int rows)
    {
        var text = new StringBuilder();
        for (var i = 0; i < rows; i++)
        {
            text.Append(CultureInfo.InvariantCulture, $"{(random.Next(20) == 0 ? "" : random.Next(-3_000_000, 40_000_000))},")
                .Append(random.Next(15) == 0 ? "" : random.Next(6) switch { 0 => "a much longer name of a shop", 1 => "\"é, 😀\"", var n => $"s{n}" })
                .Append(CultureInfo.InvariantCulture, $",{(random.Next(10) == 0 ? "" : random.Next(-4, 5))},")
                .Append(CultureInfo.InvariantCulture, $"{(random.Next(3) == 0 ? "" : (random.NextDouble() - 0.3) * 1e4)},")
                .Append(CultureInfo.InvariantCulture, $"{(random.Next(3) == 0 ? "" : random.Next(-300, 300))}\n");
        }
        return text.ToString();
    }

    (FoldedRows Rows, FoldOutcome Outcome) Run(Fold fold, IEnumerable<string> parts, int threads = 2, int blockBytes = 256, CsvRejects? rejects = null)
    {
        var files = parts.Select((text, i) => new CsvFile(_folder.Write($"part{i}.csv", text), $"part{i}.csv")).ToList();
        var sink = new FoldedRows();
        var run = new Run("fold", new MemoryLedger(new MemorySize(300_000_000)), TimeProvider.System, TestContext.Current.CancellationToken);
        var request = new FoldRequest
        {
            Fold = fold,
            Files = files,
            Threads = threads,
            BlockBytes = blockBytes,
            Rejects = rejects,
            Dialect = new CsvDialect { HasHeader = false },
        };
        return (sink, FoldRun.Execute(request, run, sink));
    }

    FoldedRows RunHashed(Fold fold, string field, string text)
    {
        var sink = new FoldedRows();
        var run = new Run("fold", new MemoryLedger(new MemorySize(300_000_000)), TimeProvider.System);
        var request = new FoldRequest
        {
            Fold = fold,
            Files = [new CsvFile(_folder.Write("one.csv", text), "one.csv")],
            BlockBytes = 256,
            Dialect = new CsvDialect { HasHeader = false },
        };
        new Quern.Folding.Kernel.KernelRun(request, Quern.Folding.Planning.FoldPlanner.Plan(fold, new HashSet<string> { field }), run).Execute(sink);
        return sink;
    }

    [Fact]
    public void Groups_have_counts_sums_and_extremes()
    {
        var (rows, outcome) = Run(Sales("day shop", "shop", ""), ["0,a,1,1.5,2\n86400,a,1,,3\n0,a,1,-2.5,\n,b,1,,\n"]);
        Assert.Equal(
            ["day=0 shop='a' rows=2 | n=2 sum=-1 min=-2.5 max=1.5 squares=8.5 | n=1 sum=2 min=2 max=2",
             "day=1 shop='a' rows=1 | n=0 | n=1 sum=3 min=3 max=3",
             "day=NULL shop='b' rows=1 | n=0 | n=0"],
            rows.Grains["day shop"]);
        Assert.Equal(
            ["shop='a' rows=3 | n=2 sum=-1 min=-2.5 max=1.5 squares=8.5 | n=2 sum=5 min=2 max=3", "shop='b' rows=1 | n=0 | n=0"], rows.Grains["shop"]);
        Assert.Equal(["rows=4 | n=2 sum=-1 min=-2.5 max=1.5 squares=8.5 | n=2 sum=5 min=2 max=3"], rows.Grains["all"]);
        Assert.Equal((4, 4, 0, 0), (outcome.Read, outcome.Kept, outcome.Filtered, outcome.Rejected));
    }

    [Fact]
    public void Threads_and_files_and_the_order_of_rows_change_nothing()
    {
        var random = new Random(5);
        var text = Table(random, 6_000);
        var lines = text.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        string[] grains = ["hour shop", "day item", "week", "shop item", ""];
        var wanted = Run(Sales(grains), [text], threads: 1, blockBytes: 1 << 14).Rows;
        for (var round = 0; round < 6; round++)
        {
            random.Shuffle(lines);
            var parts = lines.Chunk(random.Next(500, 4_000)).Select(part => string.Concat(part.Select(line => line + "\n")));
            var found = Run(Sales(grains), parts, threads: random.Next(1, 5), blockBytes: 1 << random.Next(6, 12)).Rows;
            foreach (var grain in wanted.Grains.Keys) Assert.Equal(wanted.Grains[grain], found.Grains[grain]);
        }
    }

    [Fact]
    public void Many_texts_are_numbered_by_their_hashes()
    {
        var random = new Random(8);
        var rows = Enumerable.Range(0, 12_000).Select(i => (
            Shop: random.Next(50) == 0 ? "" : random.Next(2) == 0 ? $"s{random.Next(3_000)}" : $"a name that is long, {random.Next(3_000)}",
            Item: random.Next(4), Price: random.Next(3) == 0 ? (double?)null : random.Next(100) / 4.0)).ToList();
        var text = string.Concat(rows.Select(r => string.Create(CultureInfo.InvariantCulture, $"{random.Next(86400)},\"{r.Shop}\",{r.Item},{r.Price},\n")));
        var one = RunHashed(Sales("shop", "shop item", "item", ""), "shop", text);
        var (only, outcome) = Run(Sales("shop", ""), [text], threads: 1, blockBytes: 1 << 14);
        var (found, _) = Run(Sales("shop", "shop item", "item", ""), [text[..text.IndexOf('\n', 90_000)] + "\n", text[(text.IndexOf('\n', 90_000) + 1)..]], threads: 3);
        Assert.Null(outcome.Plan.EngineReason);
        Assert.Contains(outcome.Plan.Fields, f => f.Kind == Quern.Folding.Planning.KeyKind.Hashed);
        foreach (var grain in one.Grains.Keys) Assert.Equal(one.Grains[grain].Order(), found.Grains[grain].Order());
        Assert.Equal(one.Grains["shop"], only.Grains["shop"]);
        Assert.Equal(
            rows.GroupBy(r => r.Shop.Length == 0 ? "NULL" : $"'{r.Shop}'").Select(g => string.Create(CultureInfo.InvariantCulture, $"{g.Key} {g.Count()} {g.Count(r => r.Price is not null)}")).Order(),
            found.Grains["shop"].Select(g => g.Replace(" squares=0", "", StringComparison.Ordinal).Split(" | ")).Select(g =>
                $"{g[0]["shop=".Length..g[0].LastIndexOf(" rows=", StringComparison.Ordinal)]} {g[0][(g[0].LastIndexOf('=') + 1)..]} {g[1].Split(' ')[0]["n=".Length..]}").Order());
        Assert.Equal(
            rows.GroupBy(r => r.Item).Select(g => string.Create(CultureInfo.InvariantCulture, $"item={g.Key} rows={g.Count()}")).Order(),
            found.Grains["item"].Select(g => g.Split(" | ")[0]).Order());
    }

    [Fact]
    public void No_row_at_all_makes_no_group()
    {
        var (rows, outcome) = Run(Sales("day shop", "item", ""), [""]);
        Assert.All(rows.Grains.Values, Assert.Empty);
        Assert.Equal(0, outcome.Read);
    }

    [Fact]
    public void A_bad_cell_is_named_with_its_file_and_line()
    {
        var fault = ScratchFolder.FaultOf(() => Run(Sales("day"), ["0,a,1,1,1\n", "0,a,1,1,1\n1,b,1,x1,1\n"]));
        Assert.Equal("QN3001", fault.Code);
        Assert.Contains("part1.csv line 2", fault.Where, StringComparison.Ordinal);
        Assert.Equal("\"x1\"", fault.Value);
    }

    [Fact]
    public void Rows_that_are_set_aside_are_counted_and_in_no_group()
    {
        using var rejects = new CsvRejects();
        var (rows, outcome) = Run(Sales("shop", "day"), ["0,a,1,1,1\n1,b,1,x1,1\n2,b,1,2,1\nnever,b,1,2,1\n"], rejects: rejects);
        Assert.Equal(["shop='a' rows=1 | n=1 sum=1 min=1 max=1 squares=1 | n=1 sum=1 min=1 max=1",
            "shop='b' rows=1 | n=1 sum=2 min=2 max=2 squares=4 | n=1 sum=1 min=1 max=1"], rows.Grains["shop"]);
        Assert.Equal((4, 2, 2), (outcome.Read, outcome.Kept, outcome.Rejected));
    }

    [Fact]
    public void Values_that_are_no_numbers_and_zeros_with_a_sign_follow_the_engine()
    {
        var (rows, _) = Run(Sales("shop"), ["0,a,1,nan,1\n0,a,1,3,1\n0,b,1,-0.0,1\n0,b,1,0.0,1\n0,c,1,inf,1\n0,c,1,5,1\n0,d,1,-inf,1\n0,d,1,inf,1\n"]);
        Assert.Equal(
            ["shop='a' rows=2 | n=2 sum=NaN min=3 max=NaN squares=NaN | n=2 sum=2 min=1 max=1",
             "shop='b' rows=2 | n=2 sum=0 min=0 max=0 squares=0 | n=2 sum=2 min=1 max=1",
             "shop='c' rows=2 | n=2 sum=Infinity min=5 max=Infinity squares=Infinity | n=2 sum=2 min=1 max=1",
             "shop='d' rows=2 | n=2 sum=NaN min=-Infinity max=Infinity squares=Infinity | n=2 sum=2 min=1 max=1"],
            rows.Grains["shop"]);
    }

    [Fact]
    public void Sums_of_very_large_and_very_small_doubles_are_exact()
    {
        var random = new Random(6);
        var values = Enumerable.Range(0, 3_000).Select(_ => (random.NextDouble() - 0.5) * Math.Pow(10, random.Next(-300, 300))).ToList();
        values.AddRange(values.Where((_, i) => i % 3 > 0).Select(v => -v).ToList());
        values.AddRange(Enumerable.Repeat(70e12, 50));
        var shops = values.Select(_ => $"s{random.Next(4)}").ToList();
        var text = string.Concat(values.Select((v, i) => string.Create(CultureInfo.InvariantCulture, $"0,{shops[i]},{i % 50},{v:R},\n")));
        var (rows, _) = Run(Sales("shop item", "shop"), [text]);
        foreach (var shop in shops.Distinct())
        {
            var sum = ExactNumber.Sum(values.Where((_, i) => shops[i] == shop));
            Assert.Contains(rows.Grains["shop"], row => row.Contains(string.Create(CultureInfo.InvariantCulture, $"shop='{shop}' "), StringComparison.Ordinal)
                && row.Contains(string.Create(CultureInfo.InvariantCulture, $" sum={sum:R} "), StringComparison.Ordinal));
        }
    }

    [Fact]
    public void Nothing_is_allocated_for_a_row()
    {
        var small = Allocated(Table(new Random(7), 20_000), 1);
        var large = Allocated(Table(new Random(7), 20_000), 10);
        // 180,000 rows more: what grows is what the list of blocks takes.
        Assert.InRange(large - small, long.MinValue, 400_000);

        long Allocated(string text, int times)
        {
            var path = _folder.Write("many.csv", text);
            var files = Enumerable.Repeat(new CsvFile(path, "many.csv"), times).ToList();
            var request = new FoldRequest { Fold = Sales("day shop", "item"), Files = files, Threads = 1, Dialect = new CsvDialect { HasHeader = false } };
            var run = new Run("fold", new MemoryLedger(new MemorySize(300_000_000)), TimeProvider.System);
            FoldRun.Execute(request, run, new NoSink());
            var before = GC.GetAllocatedBytesForCurrentThread();
            FoldRun.Execute(request, run, new NoSink());
            return GC.GetAllocatedBytesForCurrentThread() - before;
        }
    }

    sealed class NoSink : FoldSink
    {
        public override void Begin(Quern.Folding.Planning.FoldPlan plan, IReadOnlyDictionary<string, KeyDomain> domains)
        {
        }

        public override void Take(int grain, GrainRows rows)
        {
        }
    }
}
