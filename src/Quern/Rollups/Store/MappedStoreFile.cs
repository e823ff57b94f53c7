using Quern.Chunks;
using Quern.Files;

namespace Quern.Rollups.Store;

/// <summary>A file of a store in memory, as long as the manifest says.</summary>
sealed class MappedStoreFile : IDisposable
{
    /// <summary>Maps a file.</summary>
    /// <param name="folder">Folder of the store as it is reached: a path through an open folder, which no exchange changes.</param>
    /// <param name="name">Folder of the store, for messages.</param>
    /// <param name="entry">What the manifest says.</param>
    /// <exception cref="QuernException">QN7504 it is missing; QN7505 it has another size; QN2004, QN2009 it cannot be read.</exception>
    public MappedStoreFile(string folder, string name, StoreFile entry)
    {
        Path = System.IO.Path.Combine(name, entry.Path);
        Checksum = entry.Checksum;
        try
        {
            Bytes = MappedBytes.Open(System.IO.Path.Combine(folder, entry.Path));
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            throw StoreFaults.Missing(Path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw InputFaults.FromException(e, Path);
        }
        if (Bytes.Length == entry.Bytes) return;
        Bytes.Dispose();
        throw StoreFaults.OtherSize(Path, Bytes.Length, entry.Bytes);
    }

    /// <summary>For messages.</summary>
    public string Path { get; }

    /// <summary>The checksum that the manifest gives.</summary>
    public ulong Checksum { get; }

    /// <summary>The bytes of the file.</summary>
    public MappedBytes Bytes { get; }

    public void Dispose() => Bytes.Dispose();
}
