using System.Globalization;

namespace Quern.Cli.Tests.OpenShift;

/// <summary>Small file systems of their own, which take a mount: as root, or in a container that allows it.</summary>
public sealed class FullDiskTests : IDisposable
{
    readonly Desk _desk = new();
    readonly List<string> _mounted = [];

    public FullDiskTests()
    {
        // The month of the example is large enough to fill a small disk, and memory.
        var input = System.IO.Path.Combine(Workdir.Root, "examples", "openshift", "input");
        File.Copy(
            System.IO.Path.Combine(Workdir.Root, "examples", "openshift", "month.json"), _desk.Here.Path("month.json"), overwrite: true);
        foreach (var file in Directory.EnumerateFiles(_desk.Here.Path("reports"))) File.Delete(file);
        foreach (var file in Directory.EnumerateFiles(input))
            File.CreateSymbolicLink(_desk.Here.Path($"reports/{System.IO.Path.GetFileName(file)}"), file);
    }

    public void Dispose()
    {
        foreach (var folder in _mounted) _desk.Here.Bash($"umount -l '{folder}'");
        _desk.Dispose();
    }

    [Theory]
    [InlineData("out.csv")]
    [InlineData("out.parquet")]
    [InlineData("out.duckdb")]
    [InlineData("out.sqlite")]
    [InlineData("out/")]
    public void Leaves_every_output_as_it_was_when_one_has_no_room(string name)
    {
        Mount("small", "40k");
        var ended = Refuses("QN8006", "--to", "other.csv", "--to", "other.duckdb", "--to", $"small/{name}", "--report", "run.json");
        Assert.Matches(
            $"""
            ^error QN8006: the disk is full
              where   small/{name}
              value   [0-9,]+ bytes are free
              try     df -h {Path("small")}
                      free some space, or write to another disk
            $
            """,
            ended.Error);
        Assert.Empty(Directory.EnumerateFileSystemEntries(Path("small")));
        Assert.False(File.Exists(Path("other.csv")) || File.Exists(Path("other.duckdb")));
    }

    [Fact]
    public void Leaves_a_database_as_it_was_when_it_cannot_grow()
    {
        Mount("small", "900k");
        string[] to = ["--to", "small/out.duckdb", "--report", "run.json"];
        _desk.Makes([.. to, "--start", "2025-10-01", "--end", "2025-10-01"]);
        var before = Rows();
        Refuses("QN8006", to);
        Assert.Equal(before, Rows());
        Assert.Equal([Path("small/out.duckdb")], Directory.EnumerateFileSystemEntries(Path("small")));
    }

    [Fact]
    public void Says_that_temporary_files_have_no_room()
    {
        Mount("small", "64k");
        var ended = Refuses("QN9032", "--to", "out.csv", "--temp", "small", "--memory", "160MB", "--threads", "1");
        Assert.Matches(
            $"""
            ^error QN9032: there is no room for temporary files
              where   {Path("small")}
              value   [0-9,]+ bytes are free
              wanted  room for what the memory limit does not hold
              try     --temp FOLDER     a folder on a disk with room
                      --memory SIZE     with more of it less is written
            $
            """,
            ended.Error);
        Assert.Empty(Directory.EnumerateFileSystemEntries(Path("small")));
    }

    [Fact]
    public void Needs_no_room_for_temporary_files_while_memory_suffices()
    {
        Mount("small", "16k");
        _desk.Here.Bash("cat /dev/zero >small/full 2>/dev/null").Is((ExitCode)1);
        _desk.Makes("--to", "out.csv", "--temp", "small");
    }

    /// <summary>Ends with one of these codes; what was there is there, and the report says the same as standard error.</summary>
    Ended Refuses(string code, params string[] more)
    {
        File.WriteAllText(Path("old.csv"), "as it was");
        var ended = _desk.Summarize([.. more, "--to", "old.csv", "--quiet", "--json"]);
        Assert.True(ended.Code == 1, ended.Error);
        Assert.Equal(code, ended.Json.GetProperty("error").GetProperty("code").GetString());
        Assert.Equal("as it was", File.ReadAllText(Path("old.csv")));
        return ended;
    }

    IReadOnlyList<string> Rows()
    {
        using var database = new Duck(Path("small/out.duckdb"));
        return database.Rows("select * from reporting_ocpusagelineitem_daily_summary order by all");
    }

    void Mount(string name, string size)
    {
        Directory.CreateDirectory(Path(name));
        var mounted = _desk.Here.Bash(string.Create(CultureInfo.InvariantCulture, $"mount -t tmpfs -o size={size} tmpfs '{Path(name)}'"));
        Assert.SkipWhen(mounted.Code != 0, "this container or user may not mount a small disk");
        _mounted.Add(Path(name));
    }

    string Path(string name) => _desk.Here.Path(name);
}
