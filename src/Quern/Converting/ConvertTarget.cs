using System.Globalization;
using Quern.Delivery;
using Quern.Delivery.Csv;
using Quern.Delivery.DuckDb;
using Quern.Delivery.Parquet;

namespace Quern.Converting;

/// <summary>Where a conversion writes, and how.</summary>
/// <param name="Destination">The place.</param>
/// <param name="Table">Name of the table in a database.</param>
/// <param name="Manner">How it is written, for people.</param>
/// <param name="RowGroupRows">Rows of a row group or batch.</param>
sealed record ConvertTarget(Destination Destination, string Table, string Manner, int RowGroupRows)
{
    const int UsualRowGroup = 122_880;
    const int LeastRowGroup = 2_048;
    const int MostRowGroup = 10_000_000;

    static readonly string[] ParquetCodecs = ["zstd", "snappy", "lz4", "none"];

    /// <summary>Reads what a request says of its output.</summary>
    /// <exception cref="QuernException">Exit code 2: QN1110 no kind of output; QN1005 a value that is none; QN1126 an option that does not go
    /// with the kind of the output.</exception>
    public static ConvertTarget Of(ConvertRequest request)
    {
        var (to, table) = Split(request);
        var path = Path.GetFullPath(to, request.BaseDirectory);
        var rows = RowGroup(request);
        switch (FileForms.ByName(path))
        {
            case FileForm.Parquet:
                var codec = new ParquetCodec(Codec(request), Level(request, Codec(request)));
                var level = codec.Level is { } l ? FormattableString.Invariant($" level {l}") : "";
                return new(new ParquetFile(to, path, codec), table, string.Create(CultureInfo.InvariantCulture, $"{codec.Name}{level}, row groups of {rows:N0} rows"), rows);
            case FileForm.Csv:
                Refuse(request, "CSV", request.Compression is null ? null : "--compression", "name the output .csv.gz or .csv.zst");
                return new(new CsvFile(to, path, request.CsvNull), table, "text with a header", rows);
            case FileForm.DuckDb:
                Refuse(request, "a database", request.Compression is null ? null : "--compression", "leave it out: DuckDB compresses by itself");
                return new(new DuckDbFile(to, path), table, $"table {table}", rows);
            default:
                throw new QuernException(new Fault("QN1110", "this kind of output is not known")
                {
                    Where = "OUT",
                    Value = $"\"{request.Output}\"",
                    Wanted = "a name that ends in .parquet, .csv, .csv.gz, .csv.zst, .tsv, .arrow or .duckdb",
                    Try = ["out.parquet", "out.duckdb:table"],
                    ExitCode = ExitCode.Usage,
                });
        }
    }

    static (string To, string Table) Split(ConvertRequest request)
    {
        var to = request.Output;
        if (to.LastIndexOf(':') is > 0 and var colon && FileForms.ByName(to[..colon]) == FileForm.DuckDb) return (to[..colon], to[(colon + 1)..]);
        return (to, Path.GetFileNameWithoutExtension(to));
    }

    static string Codec(ConvertRequest request) => request.Compression switch
    {
        null => "zstd",
        var name when ParquetCodecs.Contains(name) => name,
        var other => throw Wrong("--compression", other, string.Join(", ", ParquetCodecs), NearestName.Of(other, ParquetCodecs)),
    };

    static int? Level(ConvertRequest request, string codec)
    {
        if (request.Level is not { } level) return null;
        if (codec == "zstd" && level is >= 1 and <= 22) return level;
        throw Wrong("--level", level.ToString(CultureInfo.InvariantCulture), codec == "zstd" ? "1 to 22" : $"no level: {codec} has none", null);
    }

    static int RowGroup(ConvertRequest request) => request.RowGroupRows switch
    {
        null => UsualRowGroup,
        >= LeastRowGroup and <= MostRowGroup and var rows => rows,
        var rows => throw Wrong("--row-group-size", rows.Value.ToString(CultureInfo.InvariantCulture),
            string.Create(CultureInfo.InvariantCulture, $"{LeastRowGroup} to {MostRowGroup} rows"), null),
    };

    static void Refuse(ConvertRequest request, string kind, string? option, string hint)
    {
        option ??= request.Level is null ? null : "--level";
        if (option is null) return;
        throw new QuernException(new Fault("QN1126", "an option does not go with this kind of output")
        {
            Where = option,
            Value = $"{request.Output} is {kind}",
            Try = [hint],
            ExitCode = ExitCode.Usage,
        });
    }

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
