using Quern.Files;
using Quern.Folding.Results;

namespace Quern.Rollups.Store;

/// <summary>A store that is open for reading. Any number of threads may read; when another build replaces the folder, this one stays as it
/// is.</summary>
sealed class RollupFiles : IDisposable
{
    readonly List<MappedStoreFile> _files = [];
    readonly List<GrainFile> _grainFiles = [];

    // The owner counts as one; files are unmapped by whoever makes it 0.
    int _uses = 1;
    int _isDisposed;

    RollupFiles(string folder, StoreManifest manifest)
    {
        Folder = folder;
        Manifest = manifest;
        var files = manifest.Files.ToDictionary(f => f.Path, StringComparer.Ordinal);
        Keys = [.. manifest.Keys.Select(Key)];
        var keys = Keys.ToDictionary(k => k.Name, StringComparer.Ordinal);
        Grains = [.. manifest.Grains.Select(Grain)];

        MappedStoreFile Map(string path)
        {
            var file = new MappedStoreFile(folder, files[path]);
            _files.Add(file);
            return file;
        }

        StoredKey Key(KeyEntry entry)
        {
            if (entry.File is null) return new(entry.Name, entry.Count, () => new LinearDomain(entry.Type, entry.First, entry.Count, entry.Bucket));
            var file = Map(entry.File);
            return new(entry.Name, entry.Count, () => KeyFile.Read(file, entry));
        }

        StoredGrain Grain(GrainEntry entry)
        {
            var file = new GrainFile(Map(entry.File), GrainShape.Of(entry.Rows, entry.Keys.Count, manifest.Measures));
            _grainFiles.Add(file);
            return new(entry.Name, [.. entry.Keys.Select(k => keys[k])], manifest.Measures, entry.Rows, file);
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

    /// <summary>Opens a store: reads its manifest and looks whether all files are there; nothing else is read before it is asked for.</summary>
    /// <param name="folder">Absolute path.</param>
    /// <exception cref="QuernException">QN7501 no store is there; QN7502 the manifest is damaged; QN7503 another format; QN7504 a file is missing;
    /// QN7505 a file has another size; QN2004, QN2009 it cannot be read.</exception>
    public static RollupFiles Open(string folder)
    {
        AtomicFolder.Recover(folder);
        var files = new RollupFiles(folder, ManifestFile.Read(folder));
        foreach (var file in files._files) file.CheckSize();
        return files;
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

    /// <summary>Reads all of the store and checks it.</summary>
    /// <exception cref="QuernException">QN7504 to QN7506, of the first file that is not what was written.</exception>
    public void Verify(CancellationToken cancel = default)
    {
        using var use = Use();
        foreach (var file in _files) file.CheckSize();
        foreach (var file in _grainFiles)
        {
            cancel.ThrowIfCancellationRequested();
            file.Verify();
        }
        foreach (var key in Keys) _ = key.Domain;
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
    }
}
