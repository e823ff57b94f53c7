namespace Quern.Files;

/// <summary>Opens files for reading from beginning to end, decompressed when the name ends in .gz or .zst.</summary>
static class FileBytes
{
    /// <summary>The bytes as they lie on disk. No buffer of its own: every reader here brings one.</summary>
    internal static FileStream Open(string path, string? name = null)
    {
        try
        {
            const FileShare withAnyone = FileShare.ReadWrite | FileShare.Delete;
            return new FileStream(path, FileMode.Open, FileAccess.Read, withAnyone, 0, FileOptions.SequentialScan);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw InputFaults.FromException(e, path, p => p == path && name is not null ? name : p);
        }
    }

    /// <summary>The bytes of a regular file. A pipe is refused before it is opened, which would wait for a writer.</summary>
    internal static FileStream OpenRegular(string path, string? name = null)
    {
        if (FileStat.TryRead(path) is { Kind: FileKind.Other })
            throw InputFaults.NotAFile(path, p => p == path && name is not null ? name : p);
        return Open(path, name);
    }

    /// <summary>The content: what was compressed when the name ends in .gz or .zst, else the bytes of the file.</summary>
    internal static Stream OpenContent(string path, string? name = null) =>
        IsGzip(path) ? new GzipInput(path, name) : IsZstd(path) ? new ZstdInput(path, name) : Open(path, name);

    internal static bool IsCompressed(string path) => IsGzip(path) || IsZstd(path);

    internal static bool IsZstd(string path) => path.EndsWith(".zst", StringComparison.OrdinalIgnoreCase);

    internal static bool IsGzip(string path) => path.EndsWith(".gz", StringComparison.OrdinalIgnoreCase);
}
