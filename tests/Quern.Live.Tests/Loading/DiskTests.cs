using System.Diagnostics;
using Quern.Delivery;
using Quern.Live.Tests.Postgres;

namespace Quern.Live.Tests.Loading;

/// <summary>A table on a disk of 16 MB, which is a file system in memory: to mount it needs root.</summary>
public sealed class DiskTests : IDisposable
{
    readonly string _disk = Directory.CreateTempSubdirectory("quern-disk-").FullName;
    readonly Schema _db;
    readonly bool _isMounted;

    public DiskTests(PostgresServer server)
    {
        server.Need();
        _db = new Schema(server);
        Assert.SkipUnless(Environment.IsPrivilegedProcess, "a small disk can be mounted by root only");
        _isMounted = Shell($"mount -t tmpfs -o size=16m,mode=755 tmpfs '{_disk}' && mkdir '{_disk}/space' "
            + $"&& chown --reference='{server.SocketFolder}/data' '{_disk}/space'") is null;
        Assert.SkipUnless(_isMounted, "this system lets nobody mount a file system in memory");
        _db.Execute($"create tablespace {Space} location '{_disk}/space'");
    }

    string Space => $"{_db.Name}_space";

    public void Dispose()
    {
        try
        {
            if (_isMounted) _db.Execute($"drop table if exists {_db.Name}.goods");
            if (_isMounted) _db.Execute($"drop tablespace if exists {Space}");
        }
        finally
        {
            if (_isMounted) Shell($"umount -l '{_disk}'");
            Directory.Delete(_disk);
            _db.Dispose();
        }
    }

    [Theory]
    [InlineData(LoadMode.Append)]
    [InlineData(LoadMode.Replace)]
    public void A_full_disk_is_told_and_the_table_keeps_its_rows(LoadMode mode)
    {
        _db.Execute($"create table goods (id bigint, v text) tablespace {Space}; insert into goods values (1, 'old')");
        var fault = Schema.Fails(_db.Request("select i as id, repeat('x', 500) as v from range(100000) t(i)", "goods", mode));
        Assert.Equal(("QN8277", "the disk of the database is full"), (fault.Code, fault.What));
        Assert.Equal(["1 old"], _db.Rows("select * from goods"));
        Assert.Empty(_db.Leftovers());
        // Rows of a transaction that failed take space until the server cleans up.
        _db.Execute("truncate goods");
        Schema.Done(_db.Request("select i as id, 'new' as v from range(10000) t(i)", "goods", mode));
        Assert.Equal("10000", _db.One("select count(*) from goods"));
    }

    /// <summary>What it says when it fails; null when it has not.</summary>
    static string? Shell(string command)
    {
        using var shell = Process.Start(new ProcessStartInfo("bash", ["-c", command]) { RedirectStandardError = true })!;
        var words = shell.StandardError.ReadToEnd();
        shell.WaitForExit();
        return shell.ExitCode == 0 ? null : words;
    }
}
