namespace Quern.Files;

/// <summary>Room on disks.</summary>
public static class DiskSpace
{
    /// <summary>
    /// Bytes a user without privileges can still write at a path, which need not exist: its nearest existing folder
    /// counts. Quotas are not seen.
    /// </summary>
    /// <param name="path">An absolute path.</param>
    /// <exception cref="QuernException">QN8009 when the file system does not say.</exception>
    public static long FreeBytes(string path) => TryFreeBytes(path) ?? throw new QuernException(
        new Fault("QN8009", "the file system does not say how much room is left")
        {
            Where = path,
            Try = [$"df -h {path}"],
        });

    internal static long? TryFreeBytes(string path)
    {
        var existing = Path.GetFullPath(path, "/");
        while (FileStat.TryRead(existing) is null) existing = Path.GetDirectoryName(existing) ?? "/";
        try
        {
            return new DriveInfo(existing).AvailableFreeSpace;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
