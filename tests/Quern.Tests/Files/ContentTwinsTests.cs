using System.Text;
using Quern.Files;

namespace Quern.Tests.Files;

public sealed class ContentTwinsTests : IDisposable
{
    readonly ScratchFolder _scratch = new();

    public void Dispose() => _scratch.Dispose();

    static string Rows(int seed, int count)
    {
        var random = new Random(seed);
        var rows = Enumerable.Range(0, count).Select(i => $"{i},{random.Next(100_000, 1_000_000)}\n");
        return "id,value\n" + string.Concat(rows);
    }

    [Fact]
    public void A_file_and_its_compressed_self_are_twins()
    {
        var text = Rows(1, 100);
        _scratch.Write("a.csv", text);
        _scratch.WriteGzip("a.csv.gz", text);
        _scratch.Write("b.csv", Rows(2, 100));
        Assert.Equal(["a.csv", "b.csv", "a.csv.gz = a.csv"], Find());
        Assert.Equal(text.Length, ContentTwins.Find(InputFiles.Find(_scratch.Path, ["."])).Twins[0].ContentBytes);
    }

    [Fact]
    public void Large_files_are_compared_to_their_last_byte()
    {
        var text = Rows(1, 200_000);
        _scratch.WriteGzip("report-1.csv.gz", text);
        _scratch.Write("upload-7.csv", text);
        _scratch.Write("upload-8.csv", text[..^2] + "#\n");
        _scratch.WriteGzip("upload-9.csv.gz", text);
        Assert.Equal(["report-1.csv.gz", "upload-8.csv", "upload-7.csv = report-1.csv.gz",
            "upload-9.csv.gz = report-1.csv.gz"], Find());
    }

    [Fact]
    public void Files_of_several_gzip_members_are_found()
    {
        var (head, tail) = (Rows(1, 20_000), Rows(2, 20_000));
        _scratch.Write("a.csv", head + tail);
        _scratch.Write("a.csv.gz", [.. Gzip(head), .. Gzip(tail)]);
        _scratch.Write("b.csv.gz", [.. Gzip(head + tail), .. Gzip("")]);
        Assert.Equal(["a.csv", "a.csv.gz = a.csv", "b.csv.gz = a.csv"], Find());
    }

    [Fact]
    public void Equal_files_of_different_partitions_are_kept()
    {
        _scratch.Write("month=01/p.csv", "id\n1\n");
        _scratch.Write("month=02/p.csv", "id\n1\n");
        _scratch.Write("month=02/q.csv", "id\n1\n");
        Assert.Equal(["month=01/p.csv", "month=02/p.csv", "month=02/q.csv = month=02/p.csv"], Find());
    }

    [Fact]
    public void Plain_files_of_different_size_are_not_opened()
    {
        _scratch.Write("a.csv", "id\n1\n");
        _scratch.Write("b.csv", "id\n12\n");
        var files = InputFiles.Find(_scratch.Path, ["."]);
        File.Delete(_scratch["a.csv"]);
        File.Delete(_scratch["b.csv"]);
        Assert.Equal(files, ContentTwins.Find(files).Kept);
    }

    [Fact]
    public void A_broken_candidate_is_named()
    {
        _scratch.Write("a.csv", "id\n1\n");
        _scratch.Write("a.csv.gz", ScratchFolder.Gzip("id\n1\n"u8).AsSpan(0, 15));
        var fault = ScratchFolder.FaultOf(() => Find());
        Assert.Equal(("QN2010", "a.csv.gz, ends at byte 15"), (fault.Code, fault.Where));
    }

    static byte[] Gzip(string text) => ScratchFolder.Gzip(Encoding.UTF8.GetBytes(text));

    /// <summary>The names that are kept, then the twins, each with what it equals.</summary>
    string[] Find()
    {
        var found = ContentTwins.Find(InputFiles.Find(_scratch.Path, ["."]));
        return [.. found.Kept.Select(f => f.Name), .. found.Twins.Select(t => $"{t.File.Name} = {t.SameAs.Name}")];
    }
}
