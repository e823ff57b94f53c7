using System.Diagnostics;
using Quern.Delivery;
using Quern.Delivery.Sqlite;
using Quern.Tests.Files;

namespace Quern.Tests.Delivery.Sqlite;

/// <summary>Disks and other processes that are in the way: the database is as it was.</summary>
public sealed class SqliteDiskTests : IDisposable
{
    readonly Cargo _cargo = new();
    readonly List<string> _mounted = [];

    public void Dispose()
    {
        foreach (var folder in _mounted) Shell($"umount -l '{folder}'");
        _cargo.Dispose();
    }

    [Theory]
    [InlineData("delete")]
    [InlineData("wal")]
    public void A_database_that_cannot_grow_stays_as_it_is(string journal)
    {
        var path = Path.Combine(Mount("2m"), "goods.sqlite");
        Send(path, 1000, LoadMode.Append);
        SqliteShell.Run(path, $"pragma journal_mode = {journal}");
        Assert.Equal("QN8006", ScratchFolder.FaultOf(() => Send(path, 60_000, LoadMode.Replace)).Code);
        Assert.Equal(["1000|ok"], SqliteShell.Run(path, "select count(*), (select * from pragma_integrity_check) from t"));
        Send(path, 1000, LoadMode.Append);
        Assert.Equal(["2000"], SqliteShell.Run(path, "select count(*) from t"));
    }

    [Fact]
    public void A_new_database_that_finds_no_room_leaves_nothing()
    {
        var folder = Mount("1m");
        Assert.Equal("QN8006", ScratchFolder.FaultOf(() => Send(Path.Combine(folder, "goods.sqlite"), 60_000, LoadMode.Create)).Code);
        Assert.Empty(Directory.EnumerateFileSystemEntries(folder));
    }

    [Fact]
    public void A_folder_that_cannot_be_written_is_a_fault_before_any_work()
    {
        var folder = ReadOnlyFolder(f => Send(Path.Combine(f, "goods.sqlite"), 10, LoadMode.Append));
        Assert.NotEmpty(ScratchFolder.FaultOf(() => new SqliteFile("new.sqlite", Path.Combine(folder, "new.sqlite"), SqliteOptions.Default).Check()).Code);
        // Without a place for its journal nothing can be changed.
        var fault = ScratchFolder.FaultOf(() => Send(Path.Combine(folder, "goods.sqlite"), 10, LoadMode.Append));
        Assert.True(fault.Code is "QN8202" or "QN8002" or "QN8004", fault.ToString());
        Assert.Equal(["10"], SqliteShell.Run(Path.Combine(folder, "goods.sqlite"), "select count(*) from t"));
    }

    [Fact]
    public void A_lock_of_another_process_is_waited_for()
    {
        var path = _cargo.Scratch["goods.sqlite"];
        Send(path, 10, LoadMode.Append);
        using var other = Process.Start(new ProcessStartInfo("sqlite3", ["-batch", path]) { RedirectStandardInput = true, RedirectStandardOutput = true })!;
        other.StandardInput.WriteLine("begin immediate; select 'held';");
        other.StandardInput.Flush();
        Assert.Equal("held", other.StandardOutput.ReadLine());
        var fault = ScratchFolder.FaultOf(() => Send(path, 10, LoadMode.Append, TimeSpan.FromMilliseconds(50)));
        Assert.Equal(("QN8200", ExitCode.Unreachable), (fault.Code, fault.ExitCode));
        using var later = new Timer(_ => other.StandardInput.Close(), null, 300, Timeout.Infinite);
        Send(path, 10, LoadMode.Append, TimeSpan.FromSeconds(30));
        other.WaitForExit();
        Assert.Equal(["20"], SqliteShell.Run(path, "select count(*) from t"));
    }

    void Send(string path, int rows, LoadMode mode, TimeSpan? wait = null)
    {
        var shipment = new Shipment { Relation = $"(select i, repeat('x', 60) as s from range({rows}) r(i))", Table = "t", Columns = ["i", "s"] };
        var options = SqliteOptions.Default with { Mode = mode, LockWait = wait ?? TimeSpan.FromSeconds(5) };
        _cargo.Send(new SqliteFile(Path.GetFileName(path), path, options), shipment);
    }

    /// <summary>A folder that is filled and then cannot be changed.</summary>
    string ReadOnlyFolder(Action<string> fill)
    {
        if (Environment.UserName == "root")
        {
            var mount = Mount("4m");
            fill(mount);
            Assert.True(Shell($"mount -o remount,ro '{mount}'"), "the small disk cannot be made read-only");
            return mount;
        }
        var folder = Directory.CreateDirectory(_cargo.Scratch["closed"]).FullName;
        fill(folder);
        foreach (var file in Directory.EnumerateFiles(folder)) File.SetUnixFileMode(file, UnixFileMode.UserRead);
        File.SetUnixFileMode(folder, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        return folder;
    }

    string Mount(string size)
    {
        var folder = Directory.CreateDirectory(_cargo.Scratch[$"disk{_mounted.Count}"]).FullName;
        Assert.SkipUnless(Shell($"mount -t tmpfs -o size={size} tmpfs '{folder}'"), "a small disk cannot be mounted here: that takes root, or a container that allows it");
        _mounted.Add(folder);
        return folder;
    }

    static bool Shell(string line)
    {
        using var shell = Process.Start(new ProcessStartInfo("/bin/sh", ["-c", line]) { RedirectStandardError = true })!;
        shell.WaitForExit();
        return shell.ExitCode == 0;
    }
}
