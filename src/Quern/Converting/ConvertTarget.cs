using System.Globalization;
using Quern.Arrow;
using Quern.Delivery;
using Quern.Delivery.Csv;
using Quern.Delivery.DuckDb;
using Quern.Delivery.Folder;
using Quern.Delivery.Parquet;
using Quern.Delivery.S3;
using Quern.Delivery.Sqlite;
using Quern.Delivery.Sqlite.Parts;

namespace Quern.Converting;

/// <summary>Where a conversion writes, and how.</summary>
/// <param name="Destination">The place.</param>
/// <param name="Table">Name of the table in a database.</param>
/// <param name="Manner">How it is written, for people.</param>
/// <param name="Form">What it is.</param>
/// <param name="RowGroupRows">Rows of a row group or batch; null for those that suit the memory limit.</param>
sealed record ConvertTarget(Destination Destination, string Table, string Manner, FileForm Form, int? RowGroupRows)
{
    /// <summary>The least rows of a row group.</summary>
    public const int LeastRowGroup = 2_048;

    const int MostRowGroup = 10_000_000;
    const int MostParts = 10_000;

    static readonly string[] ParquetCodecs = ["zstd", "snappy", "lz4", "none"];
    static readonly string[] ArrowCodecs = ["zstd", "lz4", "none"];

    /// <summary>Reads what a request says of its output.</summary>
    /// <exception cref="QuernException">Exit code 2: QN1110 no kind of output; QN1005 a value that is none; QN1146 an option that does not go
    /// with the kind of the output.</exception>
    public static ConvertTarget Of(ConvertRequest request)
    {
        if (S3Url.IsMeant(request.Output)) return InS3(request);
        var (to, table) = Split(request);
        var path = Path.GetFullPath(to, request.BaseDirectory);
        var rows = RowGroup(request);
        var form = SqliteFile.IsNamed(path.TrimEnd('/')) ? FileForm.Sqlite : FileForms.ByName(path);
        if (request.PartitionBy.Count > 0 || request.Parts is not null) return Folder(request, to, path, form, rows);
        if (form is not (null or FileForm.Csv) && request.CsvNull is not null) throw Refused(request, "no CSV", "--csv-null", "leave it out");
        switch (form)
        {
            case FileForm.Parquet:
                var codec = new ParquetCodec(Codec(request, "zstd", ParquetCodecs), Level(request, request.Compression ?? "zstd"));
                var level = codec.Level is { } l ? FormattableString.Invariant($" level {l}") : "";
                return new(new ParquetFile(to, path, codec), table, codec.Name + level, FileForm.Parquet, rows);
            case FileForm.Arrow:
                var options = Arrow(request);
                return new(new Delivery.Arrow.ArrowFile(to, path, options), table, Mapping(options.Codec), FileForm.Arrow, rows);
            case FileForm.Csv:
                Refuse(request, "CSV", "name the output .csv.gz or .csv.zst");
                return new(new CsvFile(to, path, request.CsvNull ?? ""), table, "text with a header", FileForm.Csv, null);
            case FileForm.DuckDb:
                Refuse(request, "a database", "leave it out: DuckDB compresses by itself");
                return new(new DuckDbFile(to, path), table, $"table {table}", FileForm.DuckDb, null);
            case FileForm.Sqlite:
                Refuse(request, "a database", "leave it out: SQLite does not compress");
                if (request.Verify) throw Refused(request, "a SQLite database, which is not read back", "--verify", "leave it out: SQLite counts the rows");
                Destination sqlite = path.EndsWith('/')
                    ? new SqliteFolder(to, path.TrimEnd('/'), SqliteOptions.Default)
                    : new SqliteFile(to, path, SqliteOptions.Default);
                return new(sqlite, table, $"table {table}", FileForm.Sqlite, null);
            default:
                throw new QuernException(new Fault("QN1110", "this kind of output is not known")
                {
                    Where = "OUT",
                    // An address may hold a password.
                    Value = request.Output.IndexOf("://", StringComparison.Ordinal) is > 0 and var end
                        ? $"\"{request.Output[..(end + 3)]}...\""
                        : $"\"{request.Output}\"",
                    Wanted = "a name that ends in .parquet, .csv, .csv.gz, .csv.zst, .tsv, .arrow, .duckdb or .sqlite; "
                        + "a folder with --parts or --partition-by",
                    Try = ["out.parquet", "out.duckdb:table"],
                    ExitCode = ExitCode.Usage,
                });
        }
    }

    /// <summary>Written here as any output, then sent.</summary>
    static ConvertTarget InS3(ConvertRequest request)
    {
        var url = S3Url.Parse(request.Output);
        var local = Of(Here($"/{url.LastPart}"));
        return local with { Destination = new S3Destination(request.Output, url, S3Settings.Default, path => Of(Here(path)).Destination) };

        ConvertRequest Here(string path) => request with { BaseDirectory = "/dev/null", Output = url.Key.EndsWith('/') ? path + "/" : path };
    }

    static ConvertTarget Folder(ConvertRequest request, string to, string path, FileForm? form, int? rows)
    {
        var option = request.Parts is not null ? "--parts" : "--partition-by";
        if (request.Parts is not null && request.PartitionBy.Count > 0)
            throw Refused(request, "a folder of parts or of partitions, not both", "--partition-by", "leave one of the two out");
        if (form is not null) throw Refused(request, "a single file", option, $"name a folder: {Path.ChangeExtension(to, null)}/");
        if (request.CsvNull is not null) throw Refused(request, "no CSV", "--csv-null", "leave it out");
        if (request.Parts is < 1 or > MostParts)
        {
            var given = request.Parts.Value.ToString(CultureInfo.InvariantCulture);
            throw Wrong("--parts", given, FormattableString.Invariant($"1 to {MostParts} files"), null);
        }
        path = path.TrimEnd('/');
        if ($"{request.BaseDirectory}/".StartsWith(path + "/", StringComparison.Ordinal)) throw Around(to);
        var codec = new ParquetCodec(Codec(request, "zstd", ParquetCodecs), Level(request, request.Compression ?? "zstd"));
        Destination folder = request.Parts is { } parts
            ? new PartsFolder(to, path, parts, codec)
            : new HiveFolder(to, path, request.PartitionBy, codec);
        var manner = request.Parts is { } count
            ? FormattableString.Invariant($"{count} files, {codec.Name}")
            : $"a folder for each value of {string.Join(", ", request.PartitionBy)}, {codec.Name}";
        return new(folder, "", manner, FileForm.Parquet, rows);
    }

    static QuernException Around(string to) => new(new Fault("QN1112", "the output is the folder you are in, or holds it")
    {
        Where = "OUT",
        Value = $"\"{to}\"",
        Wanted = "a folder that can be replaced as a whole",
        Try = ["out/     a folder of its own"],
        ExitCode = ExitCode.Usage,
    });

    static (string To, string Table) Split(ConvertRequest request)
    {
        var to = request.Output;
        if (to.LastIndexOf(':') is > 0 and var colon && (FileForms.ByName(to[..colon]) == FileForm.DuckDb || SqliteFile.IsNamed(to[..colon])))
            return (to[..colon], to[(colon + 1)..]);
        return (to, Path.GetFileNameWithoutExtension(to.TrimEnd('/')));
    }

    static string Codec(ConvertRequest request, string usual, string[] known) => request.Compression switch
    {
        null => usual,
        var name when known.Contains(name) => name,
        var other => throw Wrong("--compression", other, string.Join(", ", known), NearestName.Of(other, known)),
    };

    static int? Level(ConvertRequest request, string codec)
    {
        if (request.Level is not { } level) return null;
        if (codec == "zstd" && level is >= 1 and <= 22) return level;
        var wanted = codec == "zstd" ? "1 to 22" : $"no level: {codec} has none";
        throw Wrong("--level", level.ToString(CultureInfo.InvariantCulture), wanted, null);
    }

    static int? RowGroup(ConvertRequest request) => request.RowGroupRows switch
    {
        null => null,
        >= LeastRowGroup and <= MostRowGroup => request.RowGroupRows,
        { } rows => throw Wrong("--row-group-size", rows.ToString(CultureInfo.InvariantCulture),
            string.Create(CultureInfo.InvariantCulture, $"{LeastRowGroup} to {MostRowGroup} rows"), null),
    };

    static ArrowOptions Arrow(ConvertRequest request)
    {
        var name = Codec(request, "lz4", ArrowCodecs);
        var options = new ArrowOptions
        {
            Codec = name switch { "zstd" => ArrowCodec.Zstd, "lz4" => ArrowCodec.Lz4, _ => ArrowCodec.None },
            Threads = request.Threads,
        };
        return Level(request, name) is { } level ? options with { ZstdLevel = level } : options;
    }

    static string Mapping(ArrowCodec codec) => codec == ArrowCodec.None
        ? "not compressed: readers can map it into memory"
        : $"{(codec == ArrowCodec.Lz4 ? "lz4" : "zstd")}: readers cannot map it into memory, as they could with --compression none";

    static void Refuse(ConvertRequest request, string kind, string hint)
    {
        var option = request.Compression is not null ? "--compression" : request.Level is not null ? "--level"
            : request.RowGroupRows is not null ? "--row-group-size" : null;
        if (option is not null) throw Refused(request, kind, option, hint);
    }

    static QuernException Refused(ConvertRequest request, string kind, string option, string hint) =>
        new(new Fault("QN1146", "an option does not go with this kind of output")
        {
            Where = option,
            Value = $"{request.Output} is {kind}",
            Try = [hint],
            ExitCode = ExitCode.Usage,
        });

    static QuernException Wrong(string where, string value, string wanted, string? near) =>
        new(new Fault("QN1005", "not a value of this option")
        {
            Where = where,
            Value = $"\"{value}\"",
            Wanted = wanted,
            Try = near is null ? [] : [$"{where} {near}"],
            ExitCode = ExitCode.Usage,
        });
}
