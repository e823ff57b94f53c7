using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;
using Quern.Files;

namespace Quern.Tests.Files;

public sealed partial class AtomicFileTests : IDisposable
{
    readonly ScratchFolder _scratch = new();

    public void Dispose() => _scratch.Dispose();

    [Fact]
    public void Puts_a_new_file_in_place()
    {
        using var file = AtomicFile.Create(_scratch["out.csv"]);
        File.WriteAllText(file.TempPath, "id\n1\n");
        Assert.False(File.Exists(_scratch["out.csv"]));
        Assert.Equal(5, file.Commit());
        Assert.Equal("id\n1\n", File.ReadAllText(_scratch["out.csv"]));
        Assert.Equal(["out.csv"], _scratch.Names());
    }

    [Fact]
    public void Takes_what_another_process_wrote_to_the_path()
    {
        _scratch.Write("out.csv", "old");
        using var file = AtomicFile.Create(_scratch["out.csv"]);
        _scratch.Bash($"cp /proc/self/status '{file.TempPath}'");
        Assert.Equal("old", File.ReadAllText(_scratch["out.csv"]));
        file.Commit();
        Assert.StartsWith("Name:", File.ReadAllText(_scratch["out.csv"]), StringComparison.Ordinal);
    }

    [Fact]
    public void Leaves_everything_as_it_was_without_a_commit()
    {
        _scratch.Write("out.db", "old");
        using (var file = AtomicFile.Create(_scratch["out.db"]))
        {
            File.WriteAllText(file.TempPath, "half");
            File.WriteAllText(file.TempPath + ".wal", "half");
        }
        Assert.Equal("old", File.ReadAllText(_scratch["out.db"]));
        Assert.Equal(["out.db"], _scratch.Names());
        Assert.Throws<FormatException>(() => AtomicFile.Write(_scratch["out.db"], _ => throw new FormatException()));
        Assert.Equal("old", File.ReadAllText(_scratch["out.db"]));
        Assert.Equal(["out.db"], _scratch.Names());
    }

    [Fact]
    public void Keeps_permissions_and_owner_of_the_file_it_replaces()
    {
        var path = _scratch.Write("out.csv", "old");
        File.SetUnixFileMode(path, (UnixFileMode)0b110_100_000);
        _scratch.Bash("chown 1234:2345 out.csv");
        var before = FileStat.TryRead(path)!.Value;
        AtomicFile.Write(path, s => s.Write("new"u8));
        var after = FileStat.TryRead(path)!.Value;
        Assert.Equal((before.Mode, before.Owner, before.Group), (after.Mode, after.Owner, after.Group));
        Assert.Equal(3, after.SizeBytes);
        Assert.NotEqual(before.Identity, after.Identity);
    }

    [Fact]
    public void Follows_a_link_to_the_file_it_names()
    {
        _scratch.Write("far/real.csv", "old");
        File.CreateSymbolicLink(_scratch["out.csv"], "middle.csv");
        File.CreateSymbolicLink(_scratch["middle.csv"], "far/real.csv");
        File.CreateSymbolicLink(_scratch["new.csv"], "far/other.csv");
        AtomicFile.Write(_scratch["out.csv"], s => s.Write("new"u8));
        AtomicFile.Write(_scratch["new.csv"], s => s.Write("first"u8));
        Assert.Equal("new", File.ReadAllText(_scratch["far/real.csv"]));
        Assert.Equal("first", File.ReadAllText(_scratch["far/other.csv"]));
        Assert.Equal("middle.csv", new FileInfo(_scratch["out.csv"]).LinkTarget);
        Assert.Equal(["far/", "far/other.csv", "far/real.csv", "middle.csv", "new.csv", "out.csv"], _scratch.Names());
    }

    [Fact]
    public void Removes_leftovers_of_dead_processes_and_of_this_output_only()
    {
        var dead = DeadProcess();
        var alive = Environment.ProcessId;
        string[] stay =
        [
            $"out.csv.{alive}-987654.quern-tmp", $"out.csv.bak.{dead}-1.quern-tmp", $"other.csv.{dead}-1.quern-tmp",
                "out.csv.1.quern-tmp",
            $"out.csv.{dead}-x.quern-tmp", $"out.csv.{dead}-1.tmp", $"xout.csv.{dead}-1.quern-tmp",
        ];
        foreach (var name in stay) _scratch.Write(name);
        _scratch.Write($"out.csv.{dead}-1.quern-tmp");
        _scratch.Write($"out.csv.{dead}-2.quern-tmp.wal");
        AtomicFile.Create(_scratch["out.csv"]).Dispose();
        Assert.Equal(stay.Order(StringComparer.Ordinal), _scratch.Names());
    }

    [Fact]
    public void A_leftover_of_a_living_number_is_stale_when_the_process_is_younger()
    {
        var changed = new DateTimeOffset(2025, 10, 1, 12, 0, 0, TimeSpan.Zero);
        Assert.True(Leftovers.IsStale(alive: false, null, changed));
        Assert.True(Leftovers.IsStale(alive: true, changed.AddSeconds(3), changed));
        Assert.False(Leftovers.IsStale(alive: true, changed.AddSeconds(1), changed));
        Assert.False(Leftovers.IsStale(alive: true, changed.AddSeconds(-100), changed));
        Assert.False(Leftovers.IsStale(alive: true, null, changed));
    }

    [Fact]
    public void Two_outputs_of_one_path_do_not_meet()
    {
        using var one = AtomicFile.Create(_scratch["out.csv"]);
        File.WriteAllText(one.TempPath, "one");
        using var two = AtomicFile.Create(_scratch["out.csv"]);
        File.WriteAllText(two.TempPath, "two");
        two.Commit();
        one.Commit();
        Assert.Equal("one", File.ReadAllText(_scratch["out.csv"]));
        Assert.Equal(["out.csv"], _scratch.Names());
    }

    [Fact]
    public void A_commit_needs_a_finished_file()
    {
        using var file = AtomicFile.Create(_scratch["out.db"]);
        Assert.Equal($"error QN8007: nothing was written for the output, or another run removed it\n  where   BASE/out.db\n" +
            $"  wanted  a file at {file.TempPath.Replace(_scratch.Path, "BASE", StringComparison.Ordinal)}\n" +
            "  try     see that no other run writes the same output",
                _scratch.Text(ScratchFolder.FaultOf(() => file.Commit())));
        File.WriteAllText(file.TempPath, "x");
        File.WriteAllText(file.TempPath + ".wal", "x");
        Assert.Throws<InvalidOperationException>(() => file.Commit());
        File.Delete(file.TempPath + ".wal");
        file.Commit();
        Assert.Throws<InvalidOperationException>(() => file.Commit());
    }

    [Fact]
    public void Puts_a_file_in_place_only_where_there_is_none()
    {
        var path = Path.Combine(_scratch.Path, "a.csv");
        using var first = AtomicFile.Create(path);
        using var second = AtomicFile.Create(path);
        File.WriteAllText(first.TempPath, "first");
        File.WriteAllText(second.TempPath, "second");
        Assert.Equal(5, first.CommitNew());
        Assert.Null(second.CommitNew());
        second.Dispose();
        Assert.Equal("first", File.ReadAllText(path));
        Assert.Equal([path], Directory.GetFiles(_scratch.Path));
    }

    [Fact]
    public void Says_before_any_work_that_an_output_cannot_be_written()
    {
        _scratch.Write("file", "x");
        Directory.CreateDirectory(_scratch["folder"]);
        File.CreateSymbolicLink(_scratch["loop"], "loop");
        Assert.Equal("error QN8001: the folder of the output does not exist\n  where   BASE/no/such/out.csv\n" +
            "  try     mkdir -p BASE/no/such", Fails("no/such/out.csv"));
        Assert.Equal("error QN8003: BASE/file is a file, not a folder\n  where   BASE/file/out.csv",
            Fails("file/out.csv"));
        Assert.Equal("error QN8003: the output is a folder, and a file is to be written\n  where   BASE/folder\n" +
            "  try     name a file in it: BASE/folder/NAME", Fails("folder"));
        Assert.Equal("error QN8003: the output is a link to itself\n  where   BASE/loop\n  try     remove the link",
            Fails("loop"));
        Assert.Equal("error QN8003: the output is a pipe, socket or device, which cannot be replaced\n" +
            "  where   /dev/null\n" +
            "  try     name a file, and copy it from there", Fails("/dev/null"));
        Assert.Equal("error QN8003: the name of the output is too long (in the making it has a longer one)\n" +
            "  where   long.csv\n  try     choose a shorter name",
                ScratchFolder.FaultOf(() => AtomicFile.Check(_scratch[new string('x', 250)], "long.csv")).ToString());
        Assert.Equal(ExitCode.Usage, ScratchFolder.FaultOf(() => AtomicFile.Check(_scratch["no/such"])).ExitCode);
        Assert.Equal(["file", "folder/", "loop"], _scratch.Names());
        AtomicFile.Check(_scratch["file"]);
        AtomicFile.Check(_scratch["new"]);
        Assert.Equal(["file", "folder/", "loop"], _scratch.Names());
    }

    [Fact]
    public void Says_before_any_work_that_permission_is_missing()
    {
        File.SetUnixFileMode(_scratch.Path, (UnixFileMode)0b111_101_101);
        _scratch.Write("open/mine.csv", "x");
        _scratch.Write("sticky/mine.csv", "x");
        File.SetUnixFileMode(_scratch["open"], (UnixFileMode)0b111_111_111);
        File.SetUnixFileMode(_scratch["open/mine.csv"], UnixFileMode.UserRead);
        Assert.Equal("error QN8002: permission denied: its folder is not writable\n  where   BASE/out.csv\n" +
            "  try     ls -ld BASE BASE/out.csv\n" +
            "          choose another place", OtherUser.Run(() => Fails("out.csv")));
        Assert.Equal("error QN8002: permission denied: the file is not writable\n  where   BASE/open/mine.csv\n" +
            "  try     ls -ld BASE/open BASE/open/mine.csv\n" +
            "          choose another place", OtherUser.Run(() => Fails("open/mine.csv")));
        File.SetUnixFileMode(_scratch["sticky/mine.csv"], (UnixFileMode)0b110_110_110);
        File.SetUnixFileMode(_scratch["sticky"], (UnixFileMode)0b1_111_111_111);
        // Holds for root's files only: whoever owns the folder or the file may rename it.
        if (FileStat.TryRead(_scratch["sticky"])?.Owner == 0)
        {
            Assert.Equal("error QN8002: permission denied: it is another user's, in a folder where only owners may rename (sticky)\n" +
                "  where   BASE/sticky/mine.csv\n  try     ls -ld BASE/sticky BASE/sticky/mine.csv\n" +
                    "          choose another place", OtherUser.Run(() => Fails("sticky/mine.csv")));
        }
        File.SetUnixFileMode(_scratch["open"], UnixFileMode.UserRead | UnixFileMode.UserWrite);
        Assert.Equal("error QN8002: permission denied: its folder cannot be entered\n" +
            "  where   BASE/open/deep/out.csv\n" +
            "  try     ls -ld BASE/open/deep BASE/open/deep/out.csv\n          choose another place",
                OtherUser.Run(() => Fails("open/deep/out.csv")));
    }

    [Fact]
    public void Names_a_full_disk_and_what_is_free()
    {
        _scratch.Write("out.csv", "old");
        var fault = ScratchFolder.FaultOf(() => AtomicFile.Write(_scratch["out.csv"], _ =>
        {
            using var full = new FileStream("/dev/full", FileMode.Open, FileAccess.Write, FileShare.ReadWrite,
                bufferSize: 0);
            full.Write("x"u8);
        }));
        Assert.Equal("error QN8006: the disk is full\n  where   BASE/out.csv\n  value   N bytes are free\n" +
            "  try     df -h BASE\n" +
            "          free some space, or write to another disk", Number().Replace(_scratch.Text(fault), "N bytes"));
        Assert.Equal(ExitCode.Failed, fault.ExitCode);
        Assert.Equal("old", File.ReadAllText(_scratch["out.csv"]));
        Assert.Equal(["out.csv"], _scratch.Names());
    }

    [Fact]
    public void Understands_how_others_say_that_a_disk_is_full()
    {
        var path = _scratch["out.csv"];
        var engine = new InvalidOperationException("IO Error: Could not write file \"x\": No space left on device");
        Assert.Equal("QN8006", OutputFaults.DiskFull(engine, path)?.Fault.Code);
        var nested = new FormatException("outer", new IOException("Disk quota exceeded"));
        Assert.Equal("the disk quota is used up", OutputFaults.DiskFull(nested, path)?.Fault.What);
        Assert.Null(OutputFaults.DiskFull(new IOException("Broken pipe"), path));
    }

    [Fact]
    public void Free_bytes_are_those_that_df_prints()
    {
        var df = _scratch.Bash("df --output=avail --block-size=1 . | tail -n 1");
        var printed = long.Parse(df, NumberStyles.Integer, CultureInfo.InvariantCulture);
        // Others write to the same disk meanwhile.
        Assert.InRange(DiskSpace.TryFreeBytes(_scratch["not/yet/there"])!.Value, printed - (4L << 30), printed + (4L << 30));
    }

    [GeneratedRegex("[0-9,]+ bytes")]
    private static partial Regex Number();

    /// <summary>The number of a process that has ended.</summary>
    internal static int DeadProcess()
    {
        using var process = Process.Start("true");
        process.WaitForExit();
        return process.Id;
    }

    string Fails(string name) => _scratch.Text(ScratchFolder.FaultOf(() => AtomicFile.Check(_scratch[name])));
}
