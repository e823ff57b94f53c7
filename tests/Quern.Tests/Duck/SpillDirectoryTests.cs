using Quern.Duck;

namespace Quern.Tests.Duck;

public sealed class SpillDirectoryTests : IDisposable
{
    readonly string _root = Directory.CreateTempSubdirectory("quern-tests-").FullName;

    public void Dispose() => Directory.Delete(_root, recursive: true);

    [Fact]
    public void Is_private_and_gone_after_dispose()
    {
        var spill = SpillDirectory.Create(_root);
        Assert.StartsWith(_root, spill.Path, StringComparison.Ordinal);
        Assert.Equal(
            UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(spill.Path));
        File.WriteAllText(Path.Combine(spill.Path, "block"), "x");
        spill.Dispose();
        Assert.Empty(Directory.EnumerateFileSystemEntries(_root));
        spill.Dispose();
    }

    [Fact]
    public void Lies_in_the_systems_temporary_directory_by_default()
    {
        using var spill = SpillDirectory.Create();
        Assert.Equal(Path.GetFullPath(Path.GetTempPath()).TrimEnd('/'), Path.GetDirectoryName(spill.Path));
    }

    [Fact]
    public void What_a_killed_process_left_is_removed_and_what_is_in_use_stays()
    {
        var left = Path.Combine(_root, "quern-spill-1-left");
        Directory.CreateDirectory(left);
        File.WriteAllText(Path.Combine(left, "block"), "x");
        File.WriteAllText(left + ".lock", "");
        var foreign = Path.Combine(_root, "something-else");
        Directory.CreateDirectory(foreign);
        using var first = SpillDirectory.Create(_root);
        using var second = SpillDirectory.Create(_root);
        Assert.False(Directory.Exists(left));
        Assert.False(File.Exists(left + ".lock"));
        Assert.True(Directory.Exists(foreign));
        Assert.True(Directory.Exists(first.Path));
        Assert.NotEqual(first.Path, second.Path);
    }

    [Fact]
    public void A_network_mount_is_refused()
    {
        var mounts =
            new MountTable($"22 1 254:1 / / rw - ext4 /dev/vda1 rw\n40 22 0:35 / {_root} rw,relatime shared:5 - nfs4 server:/export rw\n");
        var thrown = Assert.Throws<QuernException>(() => SpillDirectory.Create($"{_root}/new", mounts));
        Assert.Equal(
            "error QN9030: the spill directory is on a network mount\n" +
            $"  where   {_root}/new\n" +
            $"  value   {_root} is nfs4\n" +
            "  wanted  a local disk: spilling over a network is slow and can lose data\n" +
            "  try     name a directory on a local disk\n" +
            "          set TMPDIR to one",
            thrown.Fault.ToString());
        Assert.Equal(ExitCode.Usage, thrown.Fault.ExitCode);
        Assert.Empty(Directory.EnumerateFileSystemEntries(_root));
    }

    [Fact]
    public void A_place_that_cannot_be_made_is_told()
    {
        var file = Path.Combine(_root, "file");
        File.WriteAllText(file, "");
        var thrown = Assert.Throws<QuernException>(() => SpillDirectory.Create(Path.Combine(file, "below")));
        Assert.Equal(("QN9031", ExitCode.Usage), (thrown.Fault.Code, thrown.Fault.ExitCode));
        Assert.Equal(Path.Combine(file, "below"), thrown.Fault.Where);
    }

    [Fact]
    public void DuckDB_spills_into_it()
    {
        using var spill = SpillDirectory.Create(_root);
        using var database =
            DuckDatabase.Open(TestDuck.Options with { MemoryLimitBytes = 60_000_000, Threads = 1, TempDirectory = spill.Path });
        using var session = database.Connect();
        session.StartProfiling();
        session.Execute("create table t as select hash(range) h, range::varchar || repeat('x', 40) s from range(1000000) order by h");
        Assert.True(session.Profile()!.PeakTempBytes > 0);
    }
}
