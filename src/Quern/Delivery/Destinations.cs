using Quern.Delivery.Csv;
using Quern.Delivery.DuckDb;
using Quern.Delivery.Folder;
using Quern.Delivery.Parquet;

namespace Quern.Delivery;

/// <summary>Tells from what a user writes which destination is meant.</summary>
public static class Destinations
{
    /// <summary>Reads one destination.</summary>
    /// <param name="to">A path: <c>.duckdb</c>, <c>.parquet</c> and <c>.csv</c> are files, a name without an ending is a folder.</param>
    /// <param name="baseDirectory">Absolute path that a relative one starts from.</param>
    /// <param name="csvNull">How CSV spells NULL. Default: empty.</param>
    /// <exception cref="QuernException">QN1110, exit code 2: no destination of that kind.</exception>
    public static Destination Parse(string to, string baseDirectory, string csvNull = "")
    {
        var path = System.IO.Path.GetFullPath(to, baseDirectory);
        if (to.Contains("://", StringComparison.Ordinal)) throw Unknown(to[..to.IndexOf("://", StringComparison.Ordinal)] + "://");
        if (to.EndsWith('/') || Directory.Exists(path)) return new PartitionedFolder(to, path.TrimEnd('/'));
        return System.IO.Path.GetExtension(path).ToLowerInvariant() switch
        {
            ".duckdb" => new DuckDbFile(to, path),
            ".parquet" => new ParquetFile(to, path),
            ".csv" => new CsvFile(to, path, csvNull),
            "" => new PartitionedFolder(to, path),
            var ending => throw Unknown(ending),
        };
    }

    /// <summary>Refuses two destinations that are one place.</summary>
    /// <exception cref="QuernException">QN1111, exit code 2.</exception>
    public static void CheckDistinct(IEnumerable<Destination> destinations)
    {
        foreach (var same in destinations.GroupBy(d => d.Path, StringComparer.Ordinal).Where(g => g.Count() > 1))
        {
            throw new QuernException(new Fault("QN1111", "two outputs are the same place")
            {
                Where = "--to",
                Value = string.Join(" and ", same.Select(d => d.Name)),
                Try = ["name each output once"],
                ExitCode = ExitCode.Usage,
            });
        }
    }

    static QuernException Unknown(string ending) => new(new Fault("QN1110", "this kind of output is not known")
    {
        Where = "--to",
        Value = $"\"{ending}\"",
        Wanted = "a name that ends in .duckdb, .parquet or .csv, or a folder",
        Try = ["--to summary.duckdb", "--to summary/  writes a folder for each day"],
        ExitCode = ExitCode.Usage,
    });
}
