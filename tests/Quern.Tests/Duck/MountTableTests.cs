using Quern.Duck;

namespace Quern.Tests.Duck;

public class MountTableTests
{
    const string Mounts = """
        22 1 254:1 / / rw,relatime shared:1 - ext4 /dev/vda1 rw
        25 22 0:22 / /tmp rw,nosuid shared:7 - tmpfs tmpfs rw
        40 22 0:35 / /mnt/a\040share rw,relatime shared:5 master:2 - cifs //server/share rw
        41 22 0:36 / /home rw - nfs4 server:/home rw
        42 41 0:37 / /home/me rw - ext4 /dev/vdb1 rw
        43 22 0:38 / /data rw - ext4 /dev/vdc1 rw
        44 22 0:39 / /data rw - fuse.sshfs me@server: rw
        not a mount
        """;

    [Theory]
    [InlineData("/", "/", "ext4", false)]
    [InlineData("/tmp/x", "/tmp", "tmpfs", false)]
    [InlineData("/tmpx", "/", "ext4", false)]
    [InlineData("/mnt/a share/deep/er", "/mnt/a share", "cifs", true)]
    [InlineData("/home/you", "/home", "nfs4", true)]
    [InlineData("/home/me", "/home/me", "ext4", false)]
    [InlineData("/data/x", "/data", "fuse.sshfs", true)]
    public void The_longest_and_topmost_mount_wins(string path, string point, string type, bool network)
    {
        var mount = new MountTable(Mounts).Find(path);
        Assert.Equal(new Mount(point, type), mount);
        Assert.Equal(network, mount!.IsNetwork);
    }

    [Fact]
    public void An_empty_table_knows_nothing() => Assert.Null(new MountTable("").Find("/tmp"));

    [Fact]
    public void The_current_table_has_the_root() => Assert.NotNull(MountTable.Current().Find("/"));

    [Fact]
    public void Links_are_followed_anywhere_in_a_path()
    {
        var root = MountTable.Resolve(Directory.CreateTempSubdirectory("quern-tests-").FullName);
        try
        {
            Directory.CreateDirectory($"{root}/real/below");
            Directory.CreateSymbolicLink($"{root}/link", $"{root}/real");
            Assert.Equal($"{root}/real/below", MountTable.Resolve($"{root}/link/below"));
        }
        finally
        {
            Directory.Delete(root, recursive: true);
        }
    }
}
