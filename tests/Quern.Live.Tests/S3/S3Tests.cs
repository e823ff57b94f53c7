using System.Text;
using System.Text.Json;
using Quern.Delivery;
using Quern.Delivery.S3;
using Quern.Duck;
using Quern.Running;

namespace Quern.Live.Tests.S3;

public sealed class S3Tests : IDisposable
{
    readonly SwiftServer _swift;
    readonly string _scratch = Directory.CreateTempSubdirectory("quern-s3-tests-").FullName;
    readonly DuckDatabase _database;

    public S3Tests(SwiftServer swift)
    {
        _swift = swift;
        _swift.Need();
        _database = DuckDatabase.Open(
            new DuckOptions { MemoryLimitBytes = 200_000_000, Threads = 2, TempDirectory = Path.Combine(_scratch, "spill") });
    }

    public void Dispose()
    {
        _database.Dispose();
        Directory.Delete(_scratch, recursive: true);
    }

    [Theory]
    [InlineData("files/small ü+.parquet", 100)]
    [InlineData("files/large.parquet", 2_000_000)]
    public void An_object_arrives_whole_in_one_piece_or_in_parts(string key, int rows)
    {
        var made = Send(key, Numbers(rows))!;
        Assert.Equal((rows, "s3"), (made.Rows, made.Kind));
        _swift.Download(key, At("back.parquet"));
        Assert.Equal(made.Bytes, new FileInfo(At("back.parquet")).Length);
        Assert.True((made.Bytes > 2 * (5 << 20)) == (rows > 1000), $"{made.Bytes} bytes");
        Assert.Equal(((long)rows * (rows - 1) / 2).ToString(), Scalar($"select sum(i)::varchar from read_parquet({Sql.Text(At("back.parquet"))})"));
        Assert.Empty(Directory.EnumerateFileSystemEntries(At("spill")));
    }

    [Fact]
    public void A_SQLite_database_arrives()
    {
        Send("files/one.sqlite", Numbers(1000));
        _swift.Download("files/one.sqlite", At("back.sqlite"));
        Assert.StartsWith("SQLite format 3", Encoding.ASCII.GetString(File.ReadAllBytes(At("back.sqlite")), 0, 16), StringComparison.Ordinal);
    }

    [Fact]
    public void Nothing_is_seen_before_the_commit_and_nothing_stays_without_it()
    {
        Send("quiet/large.parquet", Numbers(10));
        using (var staged = To("quiet/large.parquet").Stage(_database, Numbers(2_000_000), CancellationToken.None))
        {
            Assert.Equal(1, _swift.OpenUploads());
            _swift.Download("quiet/large.parquet", At("old.parquet"));
            Assert.Equal("10", Scalar($"select count(*)::varchar from read_parquet({Sql.Text(At("old.parquet"))})"));
        }
        Assert.Equal(0, _swift.OpenUploads());
        Assert.Equal(["quiet/large.parquet"], _swift.Names("quiet/"));
    }

    [Fact]
    public void A_folder_of_SQLite_files_is_named_by_a_manifest_that_comes_last()
    {
        Send("parts/table.sqlite/", Numbers(600_000));
        var first = Manifest("parts/table.sqlite/");
        Assert.Equal(2, first.Count);
        Assert.Equal([.. first.Select(n => $"parts/table.sqlite/{n}").Append("parts/table.sqlite/manifest.json").Order(StringComparer.Ordinal)],
            _swift.Names("parts/table.sqlite/"));
        using (var staged = To("parts/table.sqlite/").Stage(_database, Numbers(700_000), CancellationToken.None))
        {
            // The second file is new, the first is the same, and readers still find what the manifest names.
            Assert.Equal(4, _swift.Names("parts/table.sqlite/").Count);
            Assert.Equal(first, Manifest("parts/table.sqlite/"));
            staged!.Commit();
        }
        var second = Manifest("parts/table.sqlite/");
        Assert.Equal((first[0], false), (second[0], first[1] == second[1]));
        Assert.Equal(3, _swift.Names("parts/table.sqlite/").Count);
        To("parts/table.sqlite/").Stage(_database, Numbers(100), CancellationToken.None)!.Dispose();
        Assert.Equal(second, Manifest("parts/table.sqlite/"));
        Assert.Equal(3, _swift.Names("parts/table.sqlite/").Count);
    }

    [Fact]
    public void Days_of_a_folder_are_replaced_and_others_stay()
    {
        Send("days/", Days(1, 2, 3));
        var first = Manifest("days/");
        Assert.Equal(3, first.Count);
        Send("days/", Days(2));
        var second = Manifest("days/");
        Assert.Equal([first[0], first[2]], first.Intersect(second));
        Assert.Equal(3, second.Count);
        Assert.Equal(4, _swift.Names("days/").Count);
        Assert.Contains("days/shop=a/year=2025/month=10/day=2/data-", _swift.Names("days/")[2], StringComparison.Ordinal);
    }

    [Fact]
    public void Of_two_runs_at_once_one_is_refused_and_takes_nothing_from_the_other()
    {
        Send("both/", Days(1, 2));
        using (var slow = To("both/").Stage(_database, Days(1), CancellationToken.None))
        {
            Send("both/", Days(3));
            var made = Manifest("both/");
            Assert.Equal(3, made.Count);
            Assert.Equal("QN7484", FaultOf(() => slow!.Commit()).Code);
            Assert.Equal(made, Manifest("both/"));
        }
        Assert.Equal([.. Manifest("both/").Select(n => $"both/{n}").Append("both/manifest.json").Order(StringComparer.Ordinal)], _swift.Names("both/"));
    }

    [Fact]
    public void A_run_that_fails_takes_back_no_object_of_another_with_the_same_bytes()
    {
        using (To("same.sqlite/").Stage(_database, Numbers(100), CancellationToken.None))
            Send("same.sqlite/", Numbers(100));
        Assert.Equal([.. Manifest("same.sqlite/").Select(n => $"same.sqlite/{n}").Append("same.sqlite/manifest.json").Order(StringComparer.Ordinal)],
            _swift.Names("same.sqlite/"));
    }

    [Fact]
    public async Task A_manifest_of_someone_else_is_a_fault_and_stays_as_it_is()
    {
        await File.WriteAllTextAsync(At("theirs"), "{\"mine\": true}", TestContext.Current.CancellationToken);
        using (var store = new S3Store(_swift.Settings, SwiftServer.Bucket))
            await store.Put("theirs.sqlite/manifest.json", At("theirs"), CancellationToken.None);
        Assert.Equal("QN8226", FaultOf(() => Send("theirs.sqlite/", Numbers(10))).Code);
        Assert.Equal(["theirs.sqlite/manifest.json"], _swift.Names("theirs.sqlite/"));
    }

    [Fact]
    public void A_wrong_secret_is_refused_and_never_printed()
    {
        var wrong = _swift.Settings with { Keys = ("test:tester", "a-wrong-secret") };
        var fault = FaultOf(() => To("x.csv", wrong).Check());
        Assert.Equal(
            $"""
            error QN8222: S3 refuses access
              where   s3://{SwiftServer.Bucket}/x.csv
              value   SignatureDoesNotMatch
              try     AWS_PROFILE, or AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY
                      the rights: list, read, write and delete below the name
            """,
            fault.ToString());
        Assert.Equal(ExitCode.Unreachable, fault.ExitCode);
    }

    [Fact]
    public void A_bucket_that_is_not_there_is_a_fault()
    {
        var fault = FaultOf(() => Destinations.InS3("s3://no-such-bucket/x.csv", "", _swift.Settings).Check());
        Assert.Equal(("QN8221", "s3://no-such-bucket/x.csv"), (fault.Code, fault.Where));
    }

    [Fact]
    public void A_server_that_is_not_there_is_a_fault()
    {
        var fault = FaultOf(() => To("x.csv", _swift.Settings with { Endpoint = "http://127.0.0.1:1" }).Check());
        Assert.Equal(("QN8224", "S3 cannot be reached", ExitCode.Unreachable), (fault.Code, fault.What, fault.ExitCode));
    }

    Destination To(string key, S3Settings? settings = null) =>
        Destinations.InS3($"s3://{SwiftServer.Bucket}/{key}", "", settings ?? _swift.Settings);

    RunOutput? Send(string key, Shipment shipment)
    {
        var to = To(key);
        to.Check();
        using var staged = to.Stage(_database, shipment, CancellationToken.None);
        return staged?.Commit();
    }

    List<string> Manifest(string prefix)
    {
        _swift.Download($"{prefix}manifest.json", At("manifest.json"));
        using var json = JsonDocument.Parse(File.ReadAllBytes(At("manifest.json")));
        return [.. json.RootElement.GetProperty("files").EnumerateArray().Select(f => f.GetProperty("name").GetString()!).Order(StringComparer.Ordinal)];
    }

    static Shipment Numbers(int rows) => new()
    {
        Relation = FormattableString.Invariant($"(select i, hash(i) as h from range({rows}) r(i))"),
        Table = "numbers",
        Columns = ["i", "h"],
    };

    static Shipment Days(params int[] days) => new()
    {
        Relation = $"(select 'a' as shop, date '2025-10-01' + d - 1 as day, random() as x from (values {string.Join(", ", days.Select(d => $"({d})"))}) v(d))",
        Table = "sales",
        Columns = ["shop", "day", "x"],
        Scope = new Scope("shop", "a", "day", [.. days.Select(d => new DateOnly(2025, 10, d))]),
    };

    string At(string name) => Path.Combine(_scratch, name);

    string? Scalar(string sql)
    {
        using var session = _database.Connect();
        return session.Scalar<string>(sql);
    }

    static Fault FaultOf(Action act) => Assert.Throws<QuernException>(act).Fault;
}
