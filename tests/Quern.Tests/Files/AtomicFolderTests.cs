using Quern.Files;

namespace Quern.Tests.Files;

public sealed class AtomicFolderTests : IDisposable
{
    readonly ScratchFolder _scratch = new();

    public void Dispose() => _scratch.Dispose();

    [Fact]
    public void Puts_a_new_folder_in_place()
    {
        using var folder = AtomicFolder.Create(_scratch["out"]);
        File.WriteAllText(folder.NewFile("a.csv"), "1");
        File.WriteAllText(folder.NewFile("year=2025/b.csv"), "2");
        Assert.False(Directory.Exists(_scratch["out"]));
        folder.Commit();
        Assert.Equal(["out/", "out/a.csv", "out/year=2025/", "out/year=2025/b.csv"], _scratch.Names());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Replaces_a_folder_and_keeps_what_it_is_told_to(bool canExchange)
    {
        _scratch.Write("out/a.csv", "old a");
        _scratch.Write("out/b.csv", "old b");
        _scratch.Write("out/month=01/c.csv", "old c");
        _scratch.Write("out/month=01/deep/d.csv", "old d");
        _scratch.Write("out/month=02/e.csv", "old e");
        File.CreateSymbolicLink(_scratch["out/month=01/link"], "c.csv");
        File.SetUnixFileMode(_scratch["out"], (UnixFileMode)0b111_101_000);
        File.SetUnixFileMode(_scratch["out/month=01"], (UnixFileMode)0b111_000_000);
        var before = FileStat.TryRead(_scratch["out/month=01/c.csv"])!.Value.Identity;
        using (var folder = AtomicFolder.Create(_scratch["out"], name: null, canExchange))
        {
            folder.Keep("a.csv");
            folder.Keep("month=01");
            folder.Keep("not/there");
            folder.Remove("month=01/deep");
            File.WriteAllText(folder.NewFile("a.csv"), "new a");
            File.WriteAllText(folder.NewFile("month=02/f.csv"), "new f");
            Assert.Equal("old a", File.ReadAllText(_scratch["out/a.csv"]));
            folder.Commit();
        }
        Assert.Equal(["a.csv", "month=01/", "month=01/c.csv", "month=01/link", "month=02/", "month=02/f.csv"],
            _scratch.Names("out"));
        Assert.Equal("new a", Text("out/a.csv"));
        Assert.Equal(("old c", "old c"), (Text("out/month=01/c.csv"), Text("out/month=01/link")));
        Assert.Equal(before, FileStat.TryRead(_scratch["out/month=01/c.csv"])!.Value.Identity);
        Assert.Equal((UnixFileMode)0b111_101_000, File.GetUnixFileMode(_scratch["out"]));
        Assert.Equal((UnixFileMode)0b111_000_000, File.GetUnixFileMode(_scratch["out/month=01"]));
        Assert.Equal(["out"], _scratch.TopNames());
    }

    [Fact]
    public void Keeps_everything_when_told_so()
    {
        _scratch.Write("out/a.csv", "a");
        _scratch.Write("out/b/c.csv", "c");
        using var folder = AtomicFolder.Create(_scratch["out"]);
        folder.Keep("");
        File.WriteAllText(folder.NewFile("b/d.csv"), "d");
        folder.Commit();
        Assert.Equal(["a.csv", "b/", "b/c.csv", "b/d.csv"], _scratch.Names("out"));
    }

    [Fact]
    public void Leaves_everything_as_it_was_without_a_commit()
    {
        _scratch.Write("out/a.csv", "old");
        using (var folder = AtomicFolder.Create(_scratch["out"]))
        {
            folder.Keep("a.csv");
            File.WriteAllText(folder.NewFile("a.csv"), "new");
        }
        Assert.Equal(["out/", "out/a.csv"], _scratch.Names());
        Assert.Equal("old", Text("out/a.csv"));
    }

    [Fact]
    public void Follows_a_link_to_the_folder_it_names()
    {
        _scratch.Write("far/real/a.csv", "old");
        File.CreateSymbolicLink(_scratch["out"], "far/real");
        using var folder = AtomicFolder.Create(_scratch["out"]);
        File.WriteAllText(folder.NewFile("b.csv"), "new");
        folder.Commit();
        Assert.Equal(["far/", "far/real/", "far/real/b.csv", "out/"],
            _scratch.Names().Where(n => !n.StartsWith("out/b", StringComparison.Ordinal)));
        Assert.Equal("far/real", new FileInfo(_scratch["out"]).LinkTarget);
    }

    [Fact]
    public void Does_not_undo_what_another_run_did_meanwhile()
    {
        _scratch.Write("out/a.csv", "old");
        using var slow = AtomicFolder.Create(_scratch["out"]);
        slow.Keep("a.csv");
        using (var fast = AtomicFolder.Create(_scratch["out"]))
        {
            File.WriteAllText(fast.NewFile("b.csv"), "fast");
            fast.Commit();
        }
        Assert.Equal(
            "error QN8008: another run replaced the folder while this one worked from it; nothing was changed\n  where   BASE/out\n" +
            "  try     run again\n          see that no other run writes the same output",
                _scratch.Text(ScratchFolder.FaultOf(slow.Commit)));
        using var whole = AtomicFolder.Create(_scratch["out"]);
        using (var fast = AtomicFolder.Create(_scratch["out"])) fast.Commit();
        File.WriteAllText(whole.NewFile("c.csv"), "whole");
        whole.Commit();
        Assert.Equal(["c.csv"], _scratch.Names("out"));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Brings_back_a_folder_whose_replacement_was_killed_between_two_renames(bool create)
    {
        var dead = AtomicFileTests.DeadProcess();
        _scratch.Write($"out.{dead}-1.old.quern-tmp/a.csv", "old");
        _scratch.Write($"out.{dead}-1.quern-tmp/a.csv", "new");
        if (create) AtomicFolder.Create(_scratch["out"]).Dispose();
        else AtomicFolder.Recover(_scratch["out"]);
        Assert.Equal("old", Text("out/a.csv"));
        if (create) Assert.Equal(["out/", "out/a.csv"], _scratch.Names());
    }

    [Fact]
    public void Removes_leftovers_when_the_replacement_was_done()
    {
        var dead = AtomicFileTests.DeadProcess();
        _scratch.Write("out/a.csv", "new");
        _scratch.Write($"out.{dead}-1.old.quern-tmp/a.csv", "old");
        _scratch.Write($"out.{dead}-2.quern-tmp/b/c.csv", "half");
        AtomicFolder.Recover(_scratch["out"]);
        AtomicFolder.Create(_scratch["out"]).Dispose();
        Assert.Equal(["out/", "out/a.csv"], _scratch.Names());
        Assert.Equal("new", Text("out/a.csv"));
    }

    [Fact]
    public void Says_before_any_work_that_a_folder_cannot_be_replaced()
    {
        _scratch.Write("file", "x");
        Assert.Equal("error QN8003: the output is a file, and a folder is to be written\n  where   BASE/file\n" +
            "  try     rm BASE/file\n          choose another name",
            Fails(_scratch["file"]));
        Assert.Equal("error QN8004: something is mounted on the output, which cannot be replaced then\n" +
            "  where   /proc\n" +
            "  try     name a folder in it: /proc/NAME", Fails("/proc"));
        Assert.Equal("error QN8003: the root folder cannot be an output\n  where   /", Fails("/"));
        Assert.Equal("error QN8001: the folder of the output does not exist\n  where   BASE/no/out\n" +
            "  try     mkdir -p BASE/no", Fails(_scratch["no/out"]));
        AtomicFolder.Check(_scratch["new"]);
        Assert.Equal(["file"], _scratch.Names());
    }

    [Fact]
    public void Copies_what_cannot_be_linked()
    {
        // No file of /proc can be linked from another file system.
        Linking.Take("/proc/version", FileStat.TryRead("/proc/version")!.Value, _scratch["version"],
            OutputTarget.Of(_scratch["out"], null));
        Assert.Equal(File.ReadAllText("/proc/version"), Text("version"));
        Assert.Equal(File.GetUnixFileMode("/proc/version"), File.GetUnixFileMode(_scratch["version"]));
    }

    [Fact]
    public void Refuses_paths_that_lead_out_of_the_folder()
    {
        using var folder = AtomicFolder.Create(_scratch["out"]);
        Assert.Throws<ArgumentException>(() => folder.NewFile("../other.csv"));
        Assert.Throws<ArgumentException>(() => folder.NewFile("/tmp/other.csv"));
        Assert.Throws<ArgumentException>(() => folder.Keep("a/../../out2"));
        Assert.Throws<ArgumentException>(() => folder.Remove(""));
    }

    string Text(string name) => File.ReadAllText(_scratch[name]);

    string Fails(string path) => _scratch.Text(ScratchFolder.FaultOf(() => AtomicFolder.Check(path)));
}
