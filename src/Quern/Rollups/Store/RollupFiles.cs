using System.Globalization;
using Microsoft.Win32.SafeHandles;
using Quern.Files;
using Quern.Folding.Results;

namespace Quern.Rollups.Store;

/// <summary>A store that is open for reading. Any number of threads may read; when another build replaces the folder, this one stays as it
/// is.</summary>
sealed class RollupFiles : IDisposable
{
    /// <summary>How often a store that is replaced while it is opened is opened again.</summary>
    const int Attempts = 10;

    readonly List<MappedStoreFile> _files = [];
    readonly List<GrainFile> _grainFiles = [];
    readonly List<(SafeFileHandle Handle, StoreFile Entry)> _others = [];

    // The owner counts as one; files are unmapped by whoever makes it 0.
    int _uses = 1;
    int _isDisposed;

    RollupFiles(string folder, string reached)
    {
        Folder = folder;
        Manifest = ManifestFile.Read(reached, folder);
        var files = Manifest.Files.ToDictionary(f => f.Path, StringComparer.Ordinal);
        try
        {
            Keys = [.. Manifest.Keys.Select(Key)];
            var keys = Keys.ToDictionary(k => k.Name, StringComparer.Ordinal);
            Grains = [.. Manifest.Grains.Select(g => Grain(g, keys))];
            foreach (var path in Manifest.Fallback) _others.Add((Handle(files[path]), files[path]));
            Fallback = [.. _others.Select(o => Reached(o.Handle))];
        }
        catch (Exception e)
        {
            Release();
            if (e is KeyNotFoundException) throw StoreFaults.BadManifest(Path.Combine(folder, StoreLayout.Manifest), e.Message);
            throw;
        }

        MappedStoreFile Map(string path)
        {
            var file = new MappedStoreFile(reached, folder, files[path]);
            _files.Add(file);
            return file;
        }

        StoredKey Key(KeyEntry entry)
        {
            if (entry.File is null)
                return new(entry.Name, entry.Count, () => new LinearDomain(entry.Type, entry.First, entry.Count, entry.Bucket));
            var file = Map(entry.File);
            return new(entry.Name, entry.Count, () => KeyFile.Read(file, entry));
        }

        StoredGrain Grain(GrainEntry entry, Dictionary<string, StoredKey> keys)
        {
            var file = new GrainFile(Map(entry.File), entry.Rows, entry.Keys.Count, Manifest.Measures);
            _grainFiles.Add(file);
            return new(entry.Name, [.. entry.Keys.Select(k => keys[k])], Manifest.Measures, entry.Rows, file);
        }

        SafeFileHandle Handle(StoreFile file)
        {
            var shown = Path.Combine(folder, file.Path);
            try
            {
                var handle = File.OpenHandle(Path.Combine(reached, file.Path));
                if (RandomAccess.GetLength(handle) == file.Bytes) return handle;
                using (handle) throw StoreFaults.OtherSize(shown, RandomAccess.GetLength(handle), file.Bytes);
            }
            catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
            {
                throw StoreFaults.Missing(shown);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                throw InputFaults.FromException(e, shown);
            }
        }
    }

    /// <summary>Absolute path.</summary>
    public string Folder { get; }

    /// <summary>What the store is of.</summary>
    public StoreManifest Manifest { get; }

    /// <summary>Keys of all grains.</summary>
    public IReadOnlyList<StoredKey> Keys { get; }

    /// <summary>In the order of the fold.</summary>
    public IReadOnlyList<StoredGrain> Grains { get; }

    /// <summary>Paths by which this process reads the rows for what no grain can answer, also when the folder is replaced; valid while the
    /// store is in use.</summary>
    public IReadOnlyList<string> Fallback { get; }

    /// <summary>Opens a store: reads its manifest and maps its files; nothing else is read before it is asked for.</summary>
    /// <param name="folder">Absolute path.</param>
    /// <exception cref="QuernException">QN7501 no store is there; QN7502 the manifest is damaged; QN7503 another format; QN7504 a file is
    /// missing; QN7505 a file has another size; QN2004, QN2009 it cannot be read.</exception>
    public static RollupFiles Open(string folder)
    {
        AtomicFolder.Recover(folder);
        for (var attempt = 1; ; attempt++)
        {
            using var handle = Libc.Open(folder, Libc.OpenPathCloseOnExec);
            if (handle.IsInvalid) throw StoreFaults.NoStore(folder);
            try
            {
                return new(folder, Reached(handle));
            }
            catch (QuernException) when (attempt < Attempts && IsReplaced(handle, folder))
            {
                // The files of the one that was there are going; those of the new one are all there.
            }
        }
    }

    /// <summary>Keeps the files mapped until what it returns is disposed: whoever reads grains holds one.</summary>
    /// <exception cref="ObjectDisposedException">The store is closed.</exception>
    public StoreUse Use()
    {
        for (var uses = Volatile.Read(ref _uses); uses > 0 && Volatile.Read(ref _isDisposed) == 0;)
        {
            var seen = Interlocked.CompareExchange(ref _uses, uses + 1, uses);
            if (seen == uses) return new(this);
            uses = seen;
        }
        throw new ObjectDisposedException(nameof(RollupFiles));
    }

    /// <summary>Reads all of the store and checks it: checksums, and that each grain stands for all rows that were kept.</summary>
    /// <exception cref="QuernException">QN7506, of the first file that is not what was written.</exception>
    public void Verify(CancellationToken cancel = default)
    {
        using var use = Use();
        foreach (var file in _grainFiles) file.Verify(Manifest.Rows.Kept, cancel);
        foreach (var key in Keys) _ = key.Domain;
        foreach (var (handle, entry) in _others)
        {
            var sum = WholeFile.Checksum(handle, cancel);
            var path = Path.Combine(Folder, entry.Path);
            if (sum != entry.Checksum) throw StoreFaults.Damaged(path, "all of it", StoreFaults.Sums(sum, entry.Checksum));
        }
    }

    /// <summary>Closes the store; files stay mapped until the last <see cref="Use"/> of it ends.</summary>
    public void Dispose()
    {
        if (Interlocked.Exchange(ref _isDisposed, 1) == 0) Release();
    }

    internal void Release()
    {
        if (Interlocked.Decrement(ref _uses) > 0) return;
        foreach (var file in _files) file.Dispose();
        foreach (var (handle, _) in _others) handle.Dispose();
    }

    static string Reached(SafeFileHandle handle) =>
        string.Create(CultureInfo.InvariantCulture, $"/proc/self/fd/{handle.DangerousGetHandle()}");

    /// <summary>The kernel keeps the path of an open folder up to date.</summary>
    static bool IsReplaced(SafeFileHandle handle, string folder) => new FileInfo(Reached(handle)).LinkTarget != Libc.RealPath(folder, 0);
}
