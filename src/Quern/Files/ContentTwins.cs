using System.Security.Cryptography;

namespace Quern.Files;

/// <summary>
/// Finds files that hold the same bytes, so that no row is read twice: <c>a.csv</c> next to <c>a.csv.gz</c>, or one
/// report uploaded under two names.
/// </summary>
/// <remarks>
/// Three sieves, each for what the one before left over: size of the content (plain files are not opened for it, of a
/// gzip file four bytes are read), hash of the first 64 KiB, hash of everything. Where a gzip file may state the wrong
/// size (<see cref="GzipSize"/>), and where its name is that of another file and <c>.gz</c>, it is read to be measured;
/// several members that look like one and stand beside no such name are missed. Files in different hive partitions are
/// no twins: their rows differ in the partition columns.
/// </remarks>
sealed class ContentTwins
{
    const int HeadBytes = 1 << 16;

    ContentTwins(IReadOnlyList<InputFile> kept, IReadOnlyList<ContentTwin> twins)
    {
        Kept = kept;
        Twins = twins;
    }

    /// <summary>The files without twins of earlier ones, in the order given.</summary>
    public IReadOnlyList<InputFile> Kept { get; }

    /// <summary>What was left out, in the order given.</summary>
    public IReadOnlyList<ContentTwin> Twins { get; }

    /// <summary>Sorts files into those to keep (the first of each content) and those to leave out.</summary>
    /// <param name="files">Files as <see cref="InputFiles.Find"/> gives them: in ordinal order.</param>
    /// <param name="cancel">Ends a long comparison.</param>
    /// <exception cref="QuernException">A candidate cannot be read: QN2001 to QN2012.</exception>
    public static ContentTwins Find(IReadOnlyList<InputFile> files, CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(files);
        var names = files.Select(f => f.Path).ToHashSet(StringComparer.Ordinal);
        var buffer = new byte[HeadBytes];
        var twins = new Dictionary<InputFile, ContentTwin>(ReferenceEqualityComparer.Instance);
        var alike = Alike(files, f => SizeModulo32(f, names, buffer, cancel))
            .SelectMany(group => Alike(group, Partition))
            .SelectMany(group => Alike(group, f => Hash(f, HeadBytes, buffer, cancel)))
            .SelectMany(group => Alike(group, f => Hash(f, long.MaxValue, buffer, cancel)));
        foreach (var same in alike.Select(group => group.ToList()))
        {
            var contentBytes = same.Find(f => !FileBytes.IsGzip(f.Path))?.SizeBytes ?? Measure(same[0], buffer, cancel);
            foreach (var file in same.Skip(1)) twins.Add(file, new(file, same[0], contentBytes));
        }
        return new(
            [.. files.Where(f => !twins.ContainsKey(f))],
            [.. files.Where(twins.ContainsKey).Select(f => twins[f])]);
    }

    /// <summary>The files that share a key with another one, in their order.</summary>
    static IEnumerable<IGrouping<TKey, InputFile>> Alike<TKey>(
        IEnumerable<InputFile> files,
        Func<InputFile, TKey> key) =>
        files.GroupBy(key).Where(g => g.Skip(1).Any());

    static uint SizeModulo32(InputFile file, HashSet<string> names, byte[] buffer, CancellationToken cancel)
    {
        if (!FileBytes.IsGzip(file.Path)) return unchecked((uint)file.SizeBytes);
        var hasPlainName = names.Contains(file.Path[..^".gz".Length]);
        return (hasPlainName ? null : GzipSize.Stated(file)) ?? unchecked((uint)Measure(file, buffer, cancel));
    }

    static string Partition(InputFile file) => string.Join('/', file.Partitions
        .OrderBy(p => p.Key, StringComparer.Ordinal)
        .Select(p => $"{p.Key}={p.Value ?? HivePartitions.NullValue}"));

    static long Measure(InputFile file, byte[] buffer, CancellationToken cancel)
    {
        var size = 0L;
        Read(file, long.MaxValue, buffer, bytes => size += bytes.Length, cancel);
        return size;
    }

    static string Hash(InputFile file, long limitBytes, byte[] buffer, CancellationToken cancel)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Read(file, limitBytes, buffer, hash.AppendData, cancel);
        return Convert.ToHexString(hash.GetHashAndReset());
    }

    static void Read(
        InputFile file,
        long limitBytes,
        byte[] buffer,
        Action<ReadOnlySpan<byte>> take,
        CancellationToken cancel)
    {
        using var content = FileBytes.OpenContent(file.Path, file.Name);
        while (limitBytes > 0)
        {
            cancel.ThrowIfCancellationRequested();
            var part = buffer.AsSpan(0, (int)Math.Min(buffer.Length, limitBytes));
            var count = content.ReadAtLeast(part, part.Length, throwOnEndOfStream: false);
            if (count == 0) return;
            take(part[..count]);
            limitBytes -= count;
        }
    }
}
