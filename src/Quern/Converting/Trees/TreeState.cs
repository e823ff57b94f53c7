using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Quern.Duck;
using Quern.Files;

namespace Quern.Converting.Trees;

/// <summary>What earlier runs have made of the files of a tree; kept beside the results.</summary>
/// <remarks>A file is taken for unchanged when its size, the time of its content and the time that no program can set are those of the run
/// that converted it, the options are the same, and the result is as that run left it. A file that had changed within
/// <see cref="Doubt"/> before it was read is converted again: a clock of the file system may have stood still meanwhile.</remarks>
sealed class TreeState
{
    /// <summary>Its name in the folder of the results.</summary>
    public const string Name = ".quern-tree.json";

    const int Version = 1;

    /// <summary>The coarsest clock of common file systems.</summary>
    static readonly TimeSpan Doubt = TimeSpan.FromSeconds(2);

    readonly string _path;
    readonly string _options;
    readonly Dictionary<string, Known> _files;

    TreeState(string path, string options, Dictionary<string, Known> files) => (_path, _options, _files) = (path, options, files);

    /// <summary>Reads it; one that is not there, or cannot be read, knows nothing.</summary>
    /// <param name="folder">Absolute path of the folder of the results.</param>
    /// <param name="each">How files are converted.</param>
    public static TreeState Load(string folder, ConvertRequest each)
    {
        var path = Path.Combine(folder, Name);
        var options = OptionsOf(each);
        try
        {
            var document = File.Exists(path) ? JsonSerializer.Deserialize<Document>(File.ReadAllBytes(path)) : null;
            if (document is { Version: Version } && document.Options == options)
                return new(path, options, new(document.Files, StringComparer.Ordinal));
        }
        catch (Exception e) when (e is JsonException or IOException or UnauthorizedAccessException)
        {
            // All files are converted again, and it is written anew.
        }
        return new(path, options, new(StringComparer.Ordinal));
    }

    /// <summary>Rows of a result that is still that of its file; null when it has to be made.</summary>
    /// <param name="name">Path of the CSV file below its folder.</param>
    /// <param name="csv">The CSV file.</param>
    /// <param name="parquet">Absolute path of its result.</param>
    public long? Unchanged(string name, FileStat csv, string parquet)
    {
        if (!_files.TryGetValue(name, out var known) || !known.IsSure || FileStat.TryRead(parquet) is not { } result) return null;
        var isSame = known.Size == csv.SizeBytes && known.Modified == csv.Modified.UtcTicks && known.Changed == csv.Changed.UtcTicks
            && known.ParquetSize == result.SizeBytes && known.ParquetModified == result.Modified.UtcTicks;
        return isSame ? known.Rows : null;
    }

    /// <summary>Remembers a result.</summary>
    /// <param name="name">Path of the CSV file below its folder.</param>
    /// <param name="csv">The CSV file, looked at before it was read.</param>
    /// <param name="started">When that was.</param>
    /// <param name="parquet">Absolute path of the result.</param>
    /// <param name="rows">Its rows.</param>
    public void Add(string name, FileStat csv, DateTimeOffset started, string parquet, long rows)
    {
        if (FileStat.TryRead(parquet) is not { } result) return;
        var isSure = csv.Modified < started - Doubt && csv.Changed < started - Doubt;
        _files[name] = new(
            csv.SizeBytes, csv.Modified.UtcTicks, csv.Changed.UtcTicks, isSure, result.SizeBytes, result.Modified.UtcTicks, rows);
    }

    /// <summary>Forgets files that are not there any more, and writes the rest, whole or not at all.</summary>
    /// <param name="names">Those that are there.</param>
    public void Save(IEnumerable<string> names)
    {
        var there = names.ToHashSet(StringComparer.Ordinal);
        var files = new SortedDictionary<string, Known>(_files.Where(f => there.Contains(f.Key)).ToDictionary(), StringComparer.Ordinal);
        AtomicFile.Write(_path, stream => stream.Write(JsonSerializer.SerializeToUtf8Bytes(new Document(Version, _options, new(files)))));
    }

    static string OptionsOf(ConvertRequest each)
    {
        var schema = each.Schema is null ? "" : TextFile.Read(Path.GetFullPath(each.Schema, each.BaseDirectory), each.Schema);
        object?[] parts =
        [
            DuckLibrary.Version, typeof(TreeState).Assembly.GetName().Version, each.Compression, each.Level, each.RowGroupRows, each.Where,
            schema, Joined(each.Columns), Joined(each.Sort), each.Unordered, each.UuidAsText, each.Hints with { Nulls = null },
            Joined(each.Hints.Nulls),
        ];
        return Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(JsonSerializer.Serialize(parts.Select(part => part?.ToString())))));
    }

    static string? Joined(IEnumerable<string>? texts) => texts is null ? null : JsonSerializer.Serialize(texts);

    sealed record Known(long Size, long Modified, long Changed, bool IsSure, long ParquetSize, long ParquetModified, long Rows);

    sealed record Document(int Version, string Options, Dictionary<string, Known> Files);
}
