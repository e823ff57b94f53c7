using Quern.Chunks;
using Quern.Files;

namespace Quern.Rollups.Store;

/// <summary>A file of a store that is mapped when it is first needed, and checked against what the manifest says of it.</summary>
sealed class MappedStoreFile : IDisposable
{
    readonly Lock _lock = new();
    readonly StoreFile _entry;
    volatile MappedBytes? _bytes;

    public MappedStoreFile(string folder, StoreFile entry)
    {
        _entry = entry;
        Path = System.IO.Path.Combine(folder, entry.Path);
    }

    /// <summary>Absolute.</summary>
    public string Path { get; }

    /// <summary>The checksum that the manifest gives.</summary>
    public uint Checksum => _entry.Checksum;

    /// <summary>The bytes of the file.</summary>
    /// <exception cref="QuernException">QN7504 it is missing; QN7505 it has another size; QN2004, QN2009 it cannot be read.</exception>
    public MappedBytes Bytes
    {
        get
        {
            if (_bytes is { } mapped) return mapped;
            lock (_lock) return _bytes ??= Map();
        }
    }

    /// <summary>Looks whether the file is there and as long as it was.</summary>
    /// <exception cref="QuernException">QN7504 it is missing; QN7505 it has another size.</exception>
    public void CheckSize()
    {
        if (FileStat.TryRead(Path) is not { } stat) throw StoreFaults.Missing(Path);
        if (stat.SizeBytes != _entry.Bytes) throw StoreFaults.OtherSize(Path, stat.SizeBytes, _entry.Bytes);
    }

    public void Dispose() => _bytes?.Dispose();

    MappedBytes Map()
    {
        MappedBytes bytes;
        try
        {
            bytes = MappedBytes.Open(Path);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            throw StoreFaults.Missing(Path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw InputFaults.FromException(e, Path);
        }
        if (bytes.Length == _entry.Bytes) return bytes;
        bytes.Dispose();
        throw StoreFaults.OtherSize(Path, bytes.Length, _entry.Bytes);
    }
}
