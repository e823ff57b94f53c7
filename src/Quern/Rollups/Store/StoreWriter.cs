using Quern.Files;
using Quern.Folding.Declared;
using Quern.Folding.Results;

namespace Quern.Rollups.Store;

/// <summary>
/// Writes a store beside the place where it is to be, and puts it there at <see cref="Publish"/>: whoever opens the place finds the former
/// store or the new one, whole. Disposed before, it leaves nothing. The bytes depend on what is written only.
/// </summary>
sealed class StoreWriter : IDisposable
{
    readonly AtomicFolder _folder;
    readonly List<StoreFile> _files = [];
    readonly List<string> _fallback = [];
    readonly List<KeyEntry> _keys = [];
    Fold? _fold;
    IReadOnlyList<StoredMeasure> _measures = [];
    IReadOnlyList<GrainOrder> _orders = [];
    GrainWriter[] _grains = [];
    Lock[] _locks = [];

    StoreWriter(AtomicFolder folder) => _folder = folder;

    /// <summary>Begins a store; what killed builds left beside it goes.</summary>
    /// <param name="path">Absolute path of the store's folder; its parent must exist.</param>
    /// <exception cref="QuernException">QN7508 something else is there; QN8001 to QN8004 it cannot be put there; QN8006 disk
    /// full.</exception>
    public static StoreWriter Create(string path)
    {
        AtomicFolder.Recover(path);
        if (Foreign(path) is { } found) throw StoreFaults.NotAStore(path, found);
        return new(AtomicFolder.Create(path));
    }

    /// <summary>The path to write a file of rows to, for what no grain can answer.</summary>
    /// <param name="name">Its name, without a folder.</param>
    public string NewFallback(string name)
    {
        var relative = $"{StoreLayout.Fallback}/{name}";
        _fallback.Add(relative);
        return _folder.NewFile(relative);
    }

    /// <summary>Says what is to come. Writes the values of keys.</summary>
    /// <param name="fold">The declaration.</param>
    /// <param name="keys">What the codes of each key of a grain stand for.</param>
    /// <param name="measures">The measures of the fold, in its order.</param>
    /// <param name="grains">The grains of the fold, in its order.</param>
    /// <exception cref="QuernException">QN8006 disk full; QN8009 the system refused.</exception>
    public void Begin(
        Fold fold,
        IReadOnlyDictionary<string, KeyDomain> keys,
        IReadOnlyList<StoredMeasure> measures,
        IReadOnlyList<GrainOrder> grains)
    {
        if (_fold is not null) throw new InvalidOperationException("the store was begun already");
        (_fold, _orders) = (fold, grains);
        // The count is kept whether it was asked for or not: it says which sums are NULL.
        _measures = [.. measures.Select(m => m with { Keep = m.Keep | MeasureKeep.Count })];
        var names = new FileNames();
        foreach (var key in grains.SelectMany(g => g.Keys).Distinct(StringComparer.Ordinal)) _keys.Add(Entry(key, keys[key], names));
        _grains = [.. grains.Select(g => Grain(g, keys, names))];
        _locks = [.. grains.Select(_ => new Lock())];
    }

    /// <summary>Adds groups of a grain. Several grains may be written at once.</summary>
    /// <param name="grain">Position of the grain.</param>
    /// <param name="rows">In ascending order, after those that came before.</param>
    /// <exception cref="QuernException">QN8006 disk full; QN8009 the system refused.</exception>
    /// <exception cref="InvalidOperationException">They do not ascend: a defect of the fold.</exception>
    public void Write(int grain, GrainRows rows)
    {
        lock (_locks[grain]) _grains[grain].Write(rows);
    }

    /// <summary>Completes the store, opens it again, counts it, and puts it in its place.</summary>
    /// <param name="quern">The version of Quern.</param>
    /// <param name="rows">What became of the rows; kept is what each grain must add up to.</param>
    /// <param name="sources">The files that were read.</param>
    /// <param name="cancel">Ends it before the store is in its place.</param>
    /// <returns>The manifest of the new store.</returns>
    /// <exception cref="QuernException">QN7507 a grain does not hold all rows; QN7506 what was written is damaged; QN8004 to QN8009 it
    /// cannot be put in its place. The former store is as it was.</exception>
    public StoreManifest Publish(string quern, StoreRows rows, IReadOnlyList<SourceFile> sources, CancellationToken cancel = default)
    {
        if (_fold is null) throw new InvalidOperationException("the store was not begun");
        for (var i = 0; i < _grains.Length; i++)
        {
            if (_grains[i].CountedRows != rows.Kept) throw StoreFaults.OtherCount(_orders[i].Name, _grains[i].CountedRows, rows.Kept);
        }
        var entries = new List<GrainEntry>();
        for (var i = 0; i < _grains.Length; i++)
        {
            var (bytes, sum) = _grains[i].Finish();
            _files.Add(new(_grains[i].File, bytes, sum));
            entries.Add(new(_orders[i].Name, _orders[i].Keys, _grains[i].Rows, _grains[i].File));
        }
        foreach (var path in _fallback) _files.Add(Whole(path, cancel));
        var manifest = new StoreManifest
        {
            Quern = quern,
            Fold = _fold,
            FoldHash = FoldJson.Hash(_fold),
            Sources = sources,
            Rows = rows,
            Keys = _keys,
            Measures = _measures,
            Grains = entries,
            Fallback = [.. _fallback],
            Files = [.. _files.OrderBy(f => f.Path, StringComparer.Ordinal)],
        };
        ManifestFile.Write(_folder.NewFile(StoreLayout.Manifest), manifest);
        using (var written = RollupFiles.Open(_folder.StagePath)) written.Verify(cancel);
        cancel.ThrowIfCancellationRequested();
        _folder.Commit();
        return manifest;
    }

    /// <summary>Without <see cref="Publish"/>: removes what was written.</summary>
    public void Dispose()
    {
        foreach (var grain in _grains) grain.Dispose();
        _folder.Dispose();
    }

    KeyEntry Entry(string name, KeyDomain domain, FileNames names)
    {
        if (domain is LinearDomain linear)
            return new(name, linear.Type, KeyKind.Linear, linear.Count) { First = linear.First, Bucket = linear.Bucket };
        var file = names.New(StoreLayout.Keys, name, ".keys");
        var (bytes, sum) = KeyFile.Write(_folder.NewFile(file), domain);
        _files.Add(new(file, bytes, sum));
        var kind = domain is TextDomain ? KeyKind.Text : KeyKind.Number;
        return new(name, domain.Type, kind, domain.Count) { IsSorted = domain.IsSorted, File = file };
    }

    GrainWriter Grain(GrainOrder grain, IReadOnlyDictionary<string, KeyDomain> keys, FileNames names)
    {
        var file = names.New(StoreLayout.Grains, grain.Name, ".grain");
        return new(grain.Name, file, _folder.NewFile(file), [.. grain.Keys.Select(k => keys[k].Null)], _measures);
    }

    StoreFile Whole(string relative, CancellationToken cancel)
    {
        var path = Path.Combine(_folder.StagePath, relative);
        try
        {
            using var handle = File.OpenHandle(path);
            return new(relative, RandomAccess.GetLength(handle), WholeFile.Checksum(handle, cancel));
        }
        catch (IOException e)
        {
            throw OutputFaults.Unwritable(e, path);
        }
    }

    /// <summary>What is at the place of a store and is none; null when the place is free, empty or a store.</summary>
    static string? Foreign(string path)
    {
        if (FileStat.TryRead(path) is not { Kind: FileKind.Folder }) return null;
        if (File.Exists(Path.Combine(path, StoreLayout.Manifest)) && Directory.Exists(Path.Combine(path, StoreLayout.Grains))) return null;
        var found = Directory.EnumerateFileSystemEntries(path).Select(e => Path.GetFileName(e)).Order(StringComparer.Ordinal).ToList();
        return found.Count == 0 ? null : string.Join(", ", found.Take(3));
    }
}
