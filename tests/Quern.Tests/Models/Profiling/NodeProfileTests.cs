using Quern.Duck;
using Quern.Models.Profiling;

namespace Quern.Tests.Models.Profiling;

public sealed class NodeProfileTests : IDisposable
{
    readonly string _folder = Directory.CreateTempSubdirectory("quern-profile-").FullName;

    [Fact]
    public void Shares_add_up_and_follow_the_plan()
    {
        var profile = Run("create table x as select range % 10 k, sum(range) n from range(1000000) group by k");
        Assert.Equal(1, profile.Operators.Sum(o => o.Share), 6);
        Assert.Equal((0, 1, 2), (profile.Operators[0].Depth, profile.Operators[1].Depth, profile.Operators[2].Depth));
        var group = Assert.Single(profile.Operators, o => o.Name.EndsWith("GROUP_BY", StringComparison.Ordinal));
        Assert.Equal((1_000_000, 10), (group.RowsIn, group.Rows));
        Assert.Empty(profile.Hints);
        Assert.Contains(profile.Lines(),
            line => line.EndsWith("RANGE", StringComparison.Ordinal) || line.Contains("GROUP_BY", StringComparison.Ordinal));
    }

    [Fact]
    public void A_cross_product_is_named_with_its_rows()
    {
        var hint = Hint("create table x as select count(*) from range(20000) a(i), range(300) b(j)");
        Assert.Equal("cross-product", hint.Id);
        Assert.Equal("20,000 x 300 rows = 6,000,000 rows", hint.Evidence);
    }

    [Fact]
    public void A_product_with_a_single_row_is_fine() =>
        Assert.DoesNotContain(
            Run("create table x as select count(*) from range(2000000) a(i), (select max(range) m from range(10)) b where i <> m").Hints,
            h => h.Id == "cross-product");

    [Fact]
    public void A_join_without_an_equal_key_is_named_with_its_condition()
    {
        var hint = Hint("create table x as select count(*) from range(20000) a(i) join range(300) b(j) on abs(i - j) < 3");
        Assert.Equal("nested-loop", hint.Id);
        Assert.Contains("20,000 x 300 rows compared for 1,497 rows", hint.Evidence, StringComparison.Ordinal);
        Assert.Contains("abs(", hint.Evidence, StringComparison.Ordinal);
    }

    [Fact]
    public void A_large_csv_file_that_takes_the_time_is_named()
    {
        var hint = Hint(
            $"create table x as select count(distinct g) from '{_folder}/a.csv'",
            "copy (select range % 100 g, 'some text to be read: ' || hash(range) || hash(range + 1) as t from range(700000))"
                + $" to '{_folder}/a.csv' (header)");
        Assert.Equal("text-scan", hint.Id);
        Assert.Contains($"{_folder}/a.csv", hint.Evidence, StringComparison.Ordinal);
    }

    [Fact]
    public void A_sort_that_spills_is_named()
    {
        var hint = Hint(
            "create table x as select * from (select range i, hash(range) h, 'some longer text ' || hash(range) || hash(range + 1) t"
            + " from range(1000000)) order by h", memory: 90_000_000);
        Assert.Equal("spilled", hint.Id);
        Assert.Contains("ORDER_BY of 1,000,000 rows", hint.Evidence, StringComparison.Ordinal);
    }

    [Fact]
    public void A_filter_above_a_window_says_that_it_comes_late()
    {
        var profile = Run(
            "create table x as select * from (select i, g, sum(i) over (partition by g order by hash(i)) s from t) where s < 900",
            "create table t as select range i, range % 1000 g from range(500000)");
        var hint = Assert.Single(profile.Hints);
        Assert.Equal("late-filter", hint.Id);
        Assert.StartsWith("500,000 rows in, ", hint.Evidence, StringComparison.Ordinal);
        Assert.Contains("WINDOW below it", hint.Evidence, StringComparison.Ordinal);
    }

    [Fact]
    public void An_estimate_that_is_far_off_is_named()
    {
        DuckOperator[] scans = [Operator("SEQ_SCAN", 0.01, 5_000_000, "{Table=a}"), Operator("SEQ_SCAN", 0.01, 900, "{Table=b}")];
        var join = Operator("HASH_JOIN", 0.9, 70_000_000, "{Join Type=INNER, Conditions='g = g', __estimated_cardinality__=1200}", scans);
        var hint = Assert.Single(NodeProfile.Of(Profile(join), 0, 2).Hints);
        Assert.Equal("estimate", hint.Id);
        Assert.Equal("HASH_JOIN gave 70,000,000 rows, expected 1,200; condition g = g", hint.Evidence);
    }

    [Theory]
    [InlineData(8, true)]
    [InlineData(2, false)]
    public void A_table_of_few_row_groups_is_named_when_it_keeps_threads_waiting(int threads, bool isNamed)
    {
        var scan = Operator("SEQ_SCAN", 0.9, 100, "{Table=a}") with { RowsScanned = 200_000 };
        var hints = NodeProfile.Of(Profile(Operator("PROJECTION", 0.1, 100, "{}", scan)), 0, threads).Hints;
        Assert.Equal(isNamed ? ["row-groups"] : [], hints.Select(h => h.Id));
    }

    [Theory]
    [InlineData("{Groups=#0, Aggregates='count_star()', __estimated_cardinality__=254861}", "Groups", "#0")]
    [InlineData("{Function=READ_CSV_AUTO, 'Filename(s)'=/data/a.csv}", "Filename(s)", "/data/a.csv")]
    [InlineData("{__expression__='(contains(t, \\'zzz\\') OR ((id % 7) = 0))', __estimated_cardinality__=6}",
        "__expression__", "(contains(t, 'zzz') OR ((id % 7) = 0))")]
    [InlineData("{Join Type=INNER}", "Type", null)]
    [InlineData("{}", "Table", null)]
    public void Details_are_read_by_name(string details, string name, string? value) =>
        Assert.Equal(value, OperatorDetails.Text(details, name));

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    ProfileHint Hint(string sql, string? before = null, long memory = 500_000_000) => Run(sql, before, memory).Hints[0];

    NodeProfile Run(string sql, string? before = null, long memory = 500_000_000)
    {
        using var database = DuckDatabase.Open(new DuckOptions { MemoryLimitBytes = memory, Threads = 2, TempDirectory = _folder });
        using var session = database.Connect();
        if (before is not null) session.Execute(before);
        session.StartProfiling();
        session.Execute(sql);
        var profile = session.Profile()!;
        return NodeProfile.Of(profile, profile.PeakTempBytes, 2);
    }

    static DuckOperator Operator(string name, double seconds, long rows, string details, params DuckOperator[] inputs) =>
        new(name, name, TimeSpan.FromSeconds(seconds), rows, 0, details, inputs);

    static DuckProfile Profile(DuckOperator root) => new()
    {
        Sql = "",
        Latency = TimeSpan.FromSeconds(1),
        Cpu = TimeSpan.FromSeconds(1),
        RowsReturned = 1,
        RowsScanned = 1,
        PeakBufferBytes = 1,
        PeakTempBytes = 0,
        Metrics = new Dictionary<string, string>(),
        Operators = [root],
    };
}
