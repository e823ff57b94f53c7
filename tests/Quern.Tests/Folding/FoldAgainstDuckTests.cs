using System.Globalization;
using System.Text;
using Quern.Budget;
using Quern.Chunks;
using Quern.Csv;
using Quern.Duck;
using Quern.Folding;
using Quern.Folding.Declared;
using Quern.Folding.Engine;
using Quern.Folding.Expressions;
using Quern.Folding.Planning;
using Quern.Running;
using Quern.Tests.Duck;
using Quern.Tests.Files;

namespace Quern.Tests.Folding;

/// <summary>Random folds over random rows, against GROUP BY over the same files, written by hand.</summary>
public sealed class FoldAgainstDuckTests : IDisposable
{
    const MeasureKeep All = MeasureKeep.Sum | MeasureKeep.Min | MeasureKeep.Max;

    /// <summary>Keys: name, SQL of the text that a group shows.</summary>
    static readonly (string Name, string Sql)[] Keys =
    [
        ("a", "'''' || a || ''''"), ("b", "b::VARCHAR"), ("c", "(c - date '1970-01-01')::VARCHAR"), ("d", "d::VARCHAR"),
        ("e", "(e * 100)::BIGINT::VARCHAR"), ("u", "u::VARCHAR"), ("s", "epoch_us(s)::VARCHAR"),
        ("minute", "floor(t / 60000.0)::BIGINT::VARCHAR"), ("hour", "floor(t / 3600000.0)::BIGINT::VARCHAR"),
        ("day", "floor(t / 86400000.0)::BIGINT::VARCHAR"), ("week", "floor((floor(t / 86400000.0) + 3) / 7)::BIGINT::VARCHAR"),
        ("month", "((year(make_timestamp(t * 1000)) - 1970) * 12 + month(make_timestamp(t * 1000)) - 1)::VARCHAR"),
        ("band", "'''' || case when b < 0 then 'low' when b = 0 or d then 'nil' else a end || ''''"), ("joined", "'''' || a || '-' || b || ''''"),
        ("half", "(b // nullif(b - 1, 0))::VARCHAR"), ("truth", "(not (x > y) or b in (1, 3))::VARCHAR"),
        ("year", "(year(make_timestamp(t * 1000)) - 1970)::VARCHAR"), ("week_of_c", "floor(((c - date '1970-01-01') + 3) / 7.0)::BIGINT::VARCHAR"),
    ];

    readonly ScratchFolder _folder = new();
    readonly DuckSession _session = TestDuck.Memory();

    public void Dispose()
    {
        _session.Dispose();
        _folder.Dispose();
    }

    public static TheoryData<int> Seeds => [.. Enumerable.Range(0, 16)];

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Groups_are_those_of_the_engine(int seed)
    {
        var random = new Random(seed);
        var fold = Declare(random);
        var paths = Enumerable.Range(0, random.Next(1, 4)).Select(i => _folder.Write($"p{i}.csv", Rows(random, random.Next(0, 700)))).ToList();
        var plan = FoldPlanner.Plan(fold);
        Assert.Null(plan.EngineReason);
        var request = new FoldRequest
        {
            Fold = fold,
            Files = [.. paths.Select(p => new CsvFile(p, p))],
            Threads = random.Next(1, 4),
            BlockBytes = 1 << random.Next(5, 15),
        };
        var found = new FoldedRows();
        var outcome = FoldRun.Execute(request, NewRun(), found);
        Assert.Null(outcome.Plan.EngineReason);
        var byEngine = new FoldedRows();
        new EngineRun(request, plan with { EngineReason = "a test" }, NewRun()).Execute(byEngine);
        foreach (var grain in fold.Grains)
        {
            var wanted = Wanted(grain, paths, fold.Where is not null);
            Assert.Equal(wanted, found.Grains[grain.Name].Order(StringComparer.Ordinal));
            Assert.Equal(wanted, byEngine.Grains[grain.Name].Order(StringComparer.Ordinal));
        }
    }

    static Run NewRun() => new("fold", new MemoryLedger(new MemorySize(600_000_000)), TimeProvider.System);

    static Fold Declare(Random random)
    {
        var grains = new List<Grain>();
        for (var g = 0; g < random.Next(1, 6); g++)
        {
            var keys = Keys.Select(k => k.Name).ToArray();
            random.Shuffle(keys);
            grains.Add(new Grain($"g{g}", [.. keys.Take(random.Next(0, 4))]));
        }
        return new Fold
        {
            Name = "rows",
            Source = new FoldSource("rows", [],
            [
                new("a", LogicalType.Of(TypeKind.Varchar)), new("b", LogicalType.Of(TypeKind.Integer)), new("c", LogicalType.Of(TypeKind.Date)),
                new("d", LogicalType.Of(TypeKind.Boolean)), new("e", LogicalType.Decimal(9, 2)),
                new("t", LogicalType.Of(TypeKind.BigInt), EpochUnit.Milliseconds), new("u", LogicalType.Of(TypeKind.BigInt)),
                new("s", LogicalType.Of(TypeKind.Timestamp)), new("x", LogicalType.Of(TypeKind.Double)), new("y", LogicalType.Of(TypeKind.SmallInt)),
                new("z", LogicalType.Decimal(12, 3)),
            ]),
            Derived =
            [
                .. new[] { TimeBucket.Minute, TimeBucket.Hour, TimeBucket.Day, TimeBucket.Week, TimeBucket.Month, TimeBucket.Year }
                    .Select(b => new DerivedColumn(b.ToString().ToLowerInvariant(), new BucketTerm(b, new ColumnTerm("t")))),
                new DerivedColumn("band", new CaseTerm(
                    [
                        (new CompareTerm(Comparison.Less, new ColumnTerm("b"), new Constant(0L)), new Constant("low")),
                        (new AnyTerm([new CompareTerm(Comparison.Equal, new ColumnTerm("b"), new Constant(0L)), new ColumnTerm("d")]), new Constant("nil")),
                    ],
                    new ColumnTerm("a"))),
                new DerivedColumn("joined", new CallTerm(ScalarFunction.Concat, [new ColumnTerm("a"), new Constant("-"), new ColumnTerm("b")])),
                new DerivedColumn("half", new CallTerm(
                    ScalarFunction.DivideWhole, [new ColumnTerm("b"), new CallTerm(ScalarFunction.Subtract, [new ColumnTerm("b"), new Constant(1L)])])),
                new DerivedColumn("truth", new AnyTerm(
                [
                    new NotTerm(new CompareTerm(Comparison.Greater, new ColumnTerm("x"), new ColumnTerm("y"))),
                    new InTerm(new ColumnTerm("b"), [new Constant(1L), new Constant(3L)]),
                ])),
                new DerivedColumn("v", new CallTerm(
                    ScalarFunction.Add, [new CallTerm(ScalarFunction.Multiply, [new ColumnTerm("y"), new Constant(3L)]), new ColumnTerm("b")])),
                new DerivedColumn("week_of_c", new BucketTerm(TimeBucket.Week, new ColumnTerm("c"))),
            ],
            Measures = [new("x", All), new("v", All), new("z", All)],
            Where = random.Next(2) == 0 ? null : new AllTerm(
            [
                new AnyTerm([new IsNullTerm(new ColumnTerm("x")), new BetweenTerm(new ColumnTerm("b"), new Constant(-3L), new Constant(2L))]),
                new CompareTerm(Comparison.NotEqual, new ColumnTerm("a"), new Constant("kürbis")),
                new CompareTerm(Comparison.Greater, new ColumnTerm("c"), new Constant(new DateOnly(1970, 1, 15))),
                new CompareTerm(Comparison.LessOrEqual, new ColumnTerm("z"), new Constant(50000000.5m)),
            ]),
            Grains = grains,
        };
    }

    static string Rows(Random random, int count)
    {
        var text = new StringBuilder("a,b,c,d,e,t,u,s,x,y,z\n");
        var scale = random.Next(3) switch { 0 => 100.0, 1 => 1e20, _ => 1e-12 };
        for (var i = 0; i < count; i++)
        {
            string[] cells =
            [
                random.Next(5) switch { 0 => "kürbis", 1 => "\"a long text, with \"\"quotes\"\" in it\"", 2 => "😀", 3 => "-", _ => "text" + random.Next(30) },
                Text(random.Next(-5, 6)), new DateOnly(1969, 12, 1).AddDays(random.Next(700)).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
                random.Next(2) == 0 ? "true" : "false", Text(random.Next(-300, 300) / 100m), Text(random.NextInt64(-5_000_000_000, 60_000_000_000)),
                Text(1_000_000_000_000 + random.Next(40)), $"2021-03-04 05:06:0{random.Next(10)}",
                ((random.NextDouble() - 0.4) * scale).ToString("R", CultureInfo.InvariantCulture), Text(random.Next(-32768, 32768)),
                Text(random.NextInt64(-99_999_999_999, 99_999_999_999) / 1000m),
            ];
            text.AppendJoin(',', cells.Select(cell => random.Next(9) == 0 ? "" : cell)).Append('\n');
        }
        return text.ToString();
    }

    static string Text(IFormattable value) => value.ToString(null, CultureInfo.InvariantCulture);

    List<string> Wanted(Grain grain, List<string> paths, bool isFiltered)
    {
        var keys = grain.Keys.Distinct().Order(StringComparer.Ordinal).Select(k => $"'{k}=' || coalesce({Keys.Single(known => known.Name == k).Sql}, 'NULL') || ' '").ToList();
        var files = string.Join(", ", paths.Select(Sql.Text));
        using var result = _session.Query(
            $$"""
            select {{(keys.Count == 0 ? "''" : string.Join(" || ", keys))}} as k, count(*), list(x) filter (x is not null),
                coalesce(min(x), 0), coalesce(max(x), 0),
                ' | n=' || count(v) || case when count(v) > 0 then ' sum=' || sum(v::HUGEINT) || ' min=' || min(v) || ' max=' || max(v) else '' end
                || ' | n=' || count(z) || case when count(z) > 0 then ' sum=' || (sum(z) * 1000)::HUGEINT || ' min=' || (min(z) * 1000)::BIGINT || ' max=' || (max(z) * 1000)::BIGINT else '' end
            from (select *, y::BIGINT * 3 + b as v from read_csv([{{files}}], auto_detect = false, header = true, delim = ',', quote = '"', escape = '"', columns = {
                a: 'VARCHAR', b: 'INTEGER', c: 'DATE', d: 'BOOLEAN', e: 'DECIMAL(9,2)', t: 'BIGINT', u: 'BIGINT', s: 'TIMESTAMP', x: 'DOUBLE',
                y: 'SMALLINT', z: 'DECIMAL(12,3)'}))
            {{(isFiltered ? "where (x is null or b between -3 and 2) and a <> 'kürbis' and c > date '1970-01-15' and z <= 50000000.5" : "")}}
            group by k having count(*) > 0
            """);
        var rows = new List<string>();
        while (result.Next() is { } chunk)
        {
            for (var row = 0; row < chunk.Rows; row++)
            {
                var values = chunk[2].IsNull(row) ? [] : ((IEnumerable<object?>)chunk[2].GetValue(row)!).Select(v => (double)v!).ToList();
                var x = values.Count == 0 ? " | n=0" : string.Create(CultureInfo.InvariantCulture,
                    $" | n={values.Count} sum={ExactNumber.Sum(values):R} min={chunk[3].Values<double>()[row]:R} max={chunk[4].Values<double>()[row]:R}");
                rows.Add(string.Create(CultureInfo.InvariantCulture, $"{chunk[0].Texts[row]}rows={chunk[1].Values<long>()[row]}{x}{chunk[5].Texts[row]}"));
            }
        }
        rows.Sort(StringComparer.Ordinal);
        return rows;
    }
}
