namespace Quern.Duck;

/// <summary>A mounted file system.</summary>
/// <param name="Point">Where it is mounted.</param>
/// <param name="FileSystem">Its type as the kernel names it, such as <c>ext4</c> or <c>nfs4</c>.</param>
public sealed record Mount(string Point, string FileSystem)
{
    static readonly HashSet<string> NetworkTypes = new(StringComparer.Ordinal)
    {
        "nfs", "nfs4", "cifs", "smb3", "smbfs", "ncpfs", "afs", "auristorfs", "9p", "ceph", "lustre", "glusterfs",
        "gpfs", "beegfs", "orangefs",
        "fuse.sshfs", "fuse.glusterfs", "fuse.ceph", "fuse.s3fs", "fuse.gcsfuse", "fuse.rclone",
        "fuse.blobfuse", "fuse.juicefs", "fuse.goofys",
    };

    /// <summary>True when its files lie on another machine.</summary>
    public bool IsNetwork => NetworkTypes.Contains(FileSystem);
}
