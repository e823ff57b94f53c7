using Quern.Arrow;
using Quern.Delivery.Csv;
using Quern.Delivery.DuckDb;
using Quern.Delivery.Folder;
using Quern.Delivery.Parquet;
using Quern.Delivery.Postgres.Address;
using Quern.Delivery.S3;
using Quern.Delivery.Sqlite;
using Quern.Delivery.Sqlite.Parts;
using Quern.Files;

namespace Quern.Delivery;

/// <summary>Tells from what a user writes which destination is meant.</summary>
public static class Destinations
{
    /// <summary>Reads one destination.</summary>
    /// <param name="to">A path: <c>.duckdb</c>, <c>.sqlite</c>, <c>.parquet</c>, <c>.csv</c> and <c>.arrow</c> are files, a name without an
    /// ending is a folder, and <c>.sqlite/</c> a folder of SQLite files.</param>
    /// <param name="baseDirectory">Absolute path that a relative one starts from.</param>
    /// <param name="csvNull">How CSV spells NULL. Default: empty.</param>
    /// <exception cref="QuernException">Exit code 2: QN1110 no destination of that kind; QN1112 a folder that holds the
    /// base directory; QN8260 a misspelled address of PostgreSQL.</exception>
    public static Destination Parse(string to, string baseDirectory, string csvNull = "")
    {
        ArgumentNullException.ThrowIfNull(to);
        if (to.Length == 0) throw Unknown(to);
        if (S3Url.IsMeant(to)) return InS3(to, csvNull, S3Settings.Default);
        if (AddressText.Is(to)) throw Unknown(AddressSecret.Scheme(to) ?? "service=");
        if (AddressSecret.IsLikely(to)) throw AddressText.None(to);
        if (to.Contains("://", StringComparison.Ordinal))
            throw Unknown(to[..to.IndexOf("://", StringComparison.Ordinal)] + "://");
        var path = System.IO.Path.GetFullPath(to, baseDirectory);
        var isFolder = to.EndsWith('/') || Directory.Exists(path);
        if (isFolder && SqliteFile.IsNamed(path.TrimEnd('/'))) return new SqliteFolder(to, path.TrimEnd('/'), SqliteOptions.Default);
        if (isFolder) return Folder(to, path.TrimEnd('/'), baseDirectory);
        return System.IO.Path.GetExtension(path).ToLowerInvariant() switch
        {
            ".duckdb" => new DuckDbFile(to, path),
            _ when SqliteFile.IsNamed(path) => new SqliteFile(to, path, SqliteOptions.Default),
            ".parquet" => new ParquetFile(to, path),
            ".csv" => new CsvFile(to, path, csvNull),
            ".arrow" => new Arrow.ArrowFile(to, path, new ArrowOptions()),
            "" => Folder(to, path, baseDirectory),
            var ending => throw Unknown(ending),
        };
    }

    /// <summary>Refuses two destinations that are one place, also by way of links, or that lie in each other.</summary>
    /// <exception cref="QuernException">QN1111, exit code 2.</exception>
    public static void CheckDistinct(IEnumerable<Destination> destinations)
    {
        var places = destinations.Select(d => (d.Name, Real: Real(d))).ToList();
        for (var i = 1; i < places.Count; i++)
        {
            foreach (var earlier in places.Take(i))
            {
                if (places[i].Real == earlier.Real) throw Same("two outputs are the same place", earlier.Name, places[i].Name);
                if (Holds(earlier.Real, places[i].Real)) throw Same("an output lies in another", places[i].Name, earlier.Name);
                if (Holds(places[i].Real, earlier.Real)) throw Same("an output lies in another", earlier.Name, places[i].Name);
            }
        }
    }

    /// <summary>Finds out whether a file that a run writes beside its outputs, such as its report, lies in one of them.</summary>
    /// <param name="path">Absolute path of the file.</param>
    /// <param name="option">The option that names it.</param>
    /// <param name="destinations">The outputs.</param>
    /// <returns>QN1111, exit code 2; null when it lies in none.</returns>
    public static QuernException? Taken(string path, string option, IEnumerable<Destination> destinations)
    {
        var real = Real(OutputTarget.Of(path, null));
        if (destinations.FirstOrDefault(d => Replaces(d, real)) is not { } taken) return null;
        return Same("another file lies in the place of an output", $"{option} {path}", $"--to {taken.Name}");
    }

    /// <summary>True when a destination replaces a file: the file is the destination, or lies in its folder.</summary>
    /// <param name="destination">The destination.</param>
    /// <param name="realPath">Absolute path of a file, without links.</param>
    public static bool Replaces(Destination destination, string realPath)
    {
        ArgumentNullException.ThrowIfNull(destination);
        var real = Real(destination);
        return real == realPath || Holds(real, realPath);
    }

    /// <summary>A destination in S3, whose files are those of a place here.</summary>
    internal static Destination InS3(string to, string csvNull, S3Settings settings)
    {
        var url = S3Url.Parse(to);
        var isFolder = url.Key.EndsWith('/');
        var ending = System.IO.Path.GetExtension(url.LastPart).ToLowerInvariant();
        Func<string, Destination> local = (isFolder, ending) switch
        {
            (true, _) when SqliteFile.IsNamed(url.LastPart) => path => new SqliteFolder(to, path, SqliteOptions.Default),
            (true, _) => path => new PartitionedFolder(to, path),
            (_, ".duckdb") => path => new DuckDbFile(to, path),
            (_, ".sqlite" or ".sqlite3") => path => new SqliteFile(to, path, SqliteOptions.Default),
            (_, ".parquet") => path => new ParquetFile(to, path),
            (_, ".csv") => path => new CsvFile(to, path, csvNull),
            _ => throw Unknown(ending),
        };
        return new S3Destination(to, url, settings, local);
    }

    /// <summary>The folder changes places with a new one: whoever stands in it would stand in the old one.</summary>
    static PartitionedFolder Folder(string to, string path, string baseDirectory)
    {
        var folder = new PartitionedFolder(to, path);
        var here = OutputTarget.Of(baseDirectory, null).Real;
        if (path.Length > 0 && Real(folder) != here && !Holds(Real(folder), here)) return folder;
        throw new QuernException(new Fault("QN1112", "the output is the folder you are in, or holds it")
        {
            Where = "--to",
            Value = $"\"{to}\"",
            Wanted = "a folder that can be replaced as a whole",
            Try = ["--to summary/     a folder of its own", "start the command from another folder"],
            ExitCode = ExitCode.Usage,
        });
    }

    /// <summary>The place without links, whether something is there or not.</summary>
    static string Real(Destination destination) => !destination.IsFile ? destination.Path : Real(OutputTarget.Of(destination.Path, destination.Name));

    static string Real(OutputTarget target)
    {
        if (Libc.RealPath(target.Real, 0) is { } real) return real;
        var folder = Libc.RealPath(target.Folder, 0);
        return folder is null ? target.Real : System.IO.Path.Combine(folder, System.IO.Path.GetFileName(target.Real));
    }

    static bool Holds(string folder, string path) => path.StartsWith(folder + "/", StringComparison.Ordinal);

    static QuernException Same(string what, string one, string other) => new(new Fault("QN1111", what)
    {
        Where = "--to",
        Value = $"{one} and {other}",
        Try = ["name each output once, each in a place of its own"],
        ExitCode = ExitCode.Usage,
    });

    static QuernException Unknown(string ending) => new(new Fault("QN1110", "this kind of output is not known")
    {
        Where = "--to",
        Value = $"\"{ending}\"",
        Wanted = "a name that ends in .duckdb, .sqlite, .parquet, .csv or .arrow, or a folder",
        Try = ["--to summary.duckdb", "--to summary/  writes a folder for each day"],
        ExitCode = ExitCode.Usage,
    });
}
