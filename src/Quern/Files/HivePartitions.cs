using System.Collections.Frozen;

namespace Quern.Files;

/// <summary>
/// Reads <c>key=value</c> folders of a path (<c>.../source=abc/year=2025/month=01/part.parquet</c>), the layout of
/// Hive, Spark, Trino and DuckDB.
/// </summary>
static class HivePartitions
{
    /// <summary>The value Hive writes for NULL.</summary>
    public const string NullValue = "__HIVE_DEFAULT_PARTITION__";

    static readonly FrozenDictionary<string, string?> None = FrozenDictionary<string, string?>.Empty;

    /// <summary>
    /// The partitions of the folders of <paramref name="path"/>, outermost first. Keys and values are percent-decoded;
    /// <see cref="NullValue"/> is null; when a key occurs twice the inner folder wins. The file name itself is not a
    /// partition.
    /// </summary>
    /// <param name="path">A path of a file, with <c>/</c> between folders.</param>
    public static IReadOnlyDictionary<string, string?> Of(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        var end = path.LastIndexOf('/');
        return end < 0 ? None : OfFolder(path.AsSpan(0, end));
    }

    /// <summary>The partitions of a folder, itself included.</summary>
    internal static IReadOnlyDictionary<string, string?> OfFolder(ReadOnlySpan<char> folder)
    {
        Dictionary<string, string?>? found = null;
        foreach (var range in folder.Split('/'))
        {
            var segment = folder[range];
            var equals = segment.IndexOf('=');
            if (equals < 1) continue;
            var key = Uri.UnescapeDataString(segment[..equals]);
            var value = Uri.UnescapeDataString(segment[(equals + 1)..]);
            (found ??= new(StringComparer.Ordinal))[key] = value == NullValue ? null : value;
        }
        return found ?? (IReadOnlyDictionary<string, string?>)None;
    }
}
