using Quern.Budget;
using Quern.Converting.Trees;
using Quern.Running;

namespace Quern.Tests.Converting;

public sealed class TreeConversionTests : IDisposable
{
    readonly Desk _desk = new();

    public TreeConversionTests()
    {
        _desk.WriteOrders("data/orders.csv", 2_000);
        _desk.Folder.Write("data/small/shops.tsv", "id\tname\n1\ta\n2\tb\n");
        _desk.Folder.WriteGzip("data/small/shops.csv.gz", "id,name\n1,a\n");
        _desk.Folder.Write("data/README.txt", "not,a\ntable\n");
    }

    public void Dispose() => _desk.Dispose();

    [Fact]
    public void Every_CSV_becomes_Parquet_largest_first()
    {
        var (report, entries) = Make();
        Assert.Equal(
            ["orders.csv orders.parquet 2000", "small/shops.csv.gz small/shops.csv.gz.parquet 1", "small/shops.tsv small/shops.tsv.parquet 2"],
            entries.Select(e => $"{e.Name} {e.Parquet} {e.Rows}").Order(StringComparer.Ordinal));
        Assert.Equal("orders.csv", entries[0].Name);
        Assert.Equal((2_003L, 2_003L), (report.Read, report.Written));
        Assert.Equal(["1|a", "2|b"], _desk.Rows("from '@/lake/small/shops.tsv.parquet'"));
        Assert.Equal("not,a\ntable\n", File.ReadAllText(_desk.Folder["data/README.txt"]));
        Assert.True(File.Exists(_desk.Folder["data/orders.csv"]));
    }

    [Fact]
    public void What_has_not_changed_is_not_converted_again()
    {
        Make();
        var old = _desk.Bytes("lake/.quern-tree.json");
        var (report, entries) = Make();
        Assert.All(entries, e => Assert.True(e.IsUnchanged));
        Assert.Equal((0L, 3), (report.Read, entries.Count));
        Assert.Equal([1L, 2, 2_000], entries.Select(e => e.Rows!.Value).Order());
        Assert.Equal(old, _desk.Bytes("lake/.quern-tree.json"));
    }

    [Theory]
    [InlineData("content", "small/shops.tsv")]
    [InlineData("content of the same size and time", "small/shops.tsv")]
    [InlineData("result", "small/shops.tsv")]
    [InlineData("result is gone", "small/shops.tsv")]
    public void What_has_changed_is_converted_again(string change, string name)
    {
        Make();
        var (csv, parquet) = (_desk.Folder[$"data/{name}"], _desk.Folder[$"lake/{name}.parquet"]);
        var time = File.GetLastWriteTimeUtc(csv);
        switch (change)
        {
            case "content": File.AppendAllText(csv, "3\tc\n"); break;
            case "result": File.WriteAllText(parquet, "x"); break;
            case "result is gone": File.Delete(parquet); break;
            default:
                File.WriteAllText(csv, "id\tname\n1\tx\n2\ty\n");
                File.SetLastWriteTimeUtc(csv, time);
                break;
        }
        var (_, entries) = Make();
        Assert.Equal([name], entries.Where(e => !e.IsUnchanged).Select(e => e.Name));
        Assert.Equal(File.ReadAllLines(csv).Skip(1).Select(l => l.Replace('\t', '|')), _desk.Rows($"from '@/lake/{name}.parquet'"));
    }

    [Fact]
    public void Other_options_convert_all_again()
    {
        Make();
        Assert.All(Make(r => r with { Each = r.Each with { Compression = "snappy" } }).Entries, e => Assert.False(e.IsUnchanged));
        Assert.All(Make(r => r with { Each = r.Each with { Compression = "snappy" } }).Entries, e => Assert.True(e.IsUnchanged));
    }

    [Fact]
    public void A_file_that_was_written_just_now_is_converted_again()
    {
        Make(time: TimeProvider.System);
        Assert.All(Make(time: TimeProvider.System).Entries, e => Assert.False(e.IsUnchanged));
    }

    [Fact]
    public void A_file_that_fails_does_not_stop_the_others_and_is_read_as_CSV()
    {
        _desk.Folder.Write("data/bad.csv", "a,b\n1,2\n3,4,5\n6,7\n");
        var (report, entries) = Make();
        Assert.Equal(("QN1150", ExitCode.Failed), (report.Error!.Code, report.ExitCode));
        Assert.Equal(["bad.csv"], entries.Where(e => e.Fault is not null).Select(e => e.Name));
        Assert.StartsWith("bad.csv (QN", report.Error.Value, StringComparison.Ordinal);
        var sources = File.ReadAllText(_desk.Folder["lake/sources.yml"]);
        Assert.Contains($"external_location: \"read_csv('{_desk.Folder["data/bad.csv"]}')\"", sources, StringComparison.Ordinal);
        Assert.Contains($"external_location: \"read_parquet('{_desk.Folder["lake/orders.parquet"]}')\"", sources, StringComparison.Ordinal);
        Assert.Equal(3, Make().Entries.Count(e => e.IsUnchanged));
    }

    [Theory]
    [InlineData("rejected/", "rejected/bad.csv.rejects.csv rejected/small/worse.csv.rejects.csv")]
    [InlineData("rejected.csv", "rejected.csv")]
    public void Rows_that_cannot_be_read_are_set_aside_in_a_folder_or_a_file(string rejects, string files)
    {
        _desk.Folder.Write("data/bad.csv", "a,b\n1,2\n3,4,5\n6,7\n");
        _desk.Folder.Write("data/small/worse.csv", "a,b\n1\n2,2\n");
        for (var time = 0; time < 2; time++)
        {
            var (report, entries) = Make(r => r with { Each = r.Each with { Rejects = rejects } });
            Assert.Equal((ExitCode.DoneWithRejects, 2L), (report.ExitCode, report.Rejected));
            Assert.Equal(["bad.csv 1", "small/worse.csv 1"], entries.Where(e => e.Rejected > 0).Select(e => $"{e.Name} {e.Rejected}").Order(StringComparer.Ordinal));
            Assert.Equal(2, entries.Count(e => !e.IsUnchanged) - (time == 0 ? 3 : 0));
            Assert.Equal(files.Split(' '), Directory.EnumerateFiles(_desk.Folder.Path, "*reject*", SearchOption.AllDirectories)
                .Select(f => Path.GetRelativePath(_desk.Folder.Path, f)).Order(StringComparer.Ordinal));
            var text = string.Concat(files.Split(' ').Select(f => File.ReadAllText(_desk.Folder[f])));
            Assert.Equal(files.Split(' ').Length, text.Split("source,line").Length - 1);
            Assert.Contains("\"data/bad.csv\",3,8,,\"QN3106\"", text, StringComparison.Ordinal);
            Assert.Contains("\"data/small/worse.csv\",2,4,,\"QN3106\"", text, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Outputs_are_named_as_the_caller_would()
    {
        Assert.Equal(
            ["lake/orders.parquet", "lake/small/shops.csv.gz.parquet", "lake/small/shops.tsv.parquet"],
            Make().Report.Outputs.Select(o => o.Path).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void The_sources_of_somebody_else_are_not_replaced()
    {
        _desk.Folder.Write("lake/sources.yml", "version: 2\n");
        Assert.Equal("QN1117", Make().Report.Error!.Code);
        Assert.Equal("version: 2\n", File.ReadAllText(_desk.Folder["lake/sources.yml"]));
    }

    /// <summary>Runs an hour after the files were written, when nobody doubts their times.</summary>
    (RunReport Report, IReadOnlyList<TreeEntry> Entries) Make(Func<TreeRequest, TreeRequest>? more = null, TimeProvider? time = null)
    {
        var request = new TreeRequest { Folder = "data", Each = _desk.Request("data", "lake") };
        if (more is not null) request = more(request);
        IReadOnlyList<TreeEntry> entries = [];
        var run = new Run("convert", new MemoryLedger(new MemorySize(1_000_000_000)), time ?? new Later(), TestContext.Current.CancellationToken);
        var report = run.Execute(() => new TreeConversion(run, request) { Tell = all => entries = all }.Make());
        return (report, entries);
    }

    sealed class Later : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => base.GetUtcNow().AddHours(1);
    }
}
