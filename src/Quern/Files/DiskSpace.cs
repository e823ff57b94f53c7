namespace Quern.Files;

/// <summary>Room on disks.</summary>
static class DiskSpace
{
    /// <summary>
    /// Bytes a user without privileges can still write at a path, which need not exist: its nearest existing folder
    /// counts. Quotas are not seen.
    /// </summary>
    /// <param name="path">An absolute path.</param>
    /// <returns>Null when the file system does not say.</returns>
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
