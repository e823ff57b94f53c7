using System.Collections.Frozen;
using System.Globalization;
using Quern.Duck;
using Quern.Files;

namespace Quern.Packs.OpenShift;

/// <summary>What the footers of Parquet files say.</summary>
static class ParquetColumns
{
    static readonly FrozenSet<string> Numbers = new[]
    {
        "TINYINT", "SMALLINT", "INTEGER", "BIGINT", "HUGEINT", "UTINYINT", "USMALLINT", "UINTEGER", "UBIGINT", "FLOAT", "DOUBLE", "NULL",
    }.ToFrozenSet(StringComparer.Ordinal);

    /// <summary>The columns of each file with the engine's names of their types, in the order of the files.</summary>
    /// <exception cref="QuernException">QN3105 a file is no whole Parquet file.</exception>
    public static IReadOnlyList<IReadOnlyList<(string Name, string Type)>> Read(
        DuckSession session, IReadOnlyList<InputFile> files, CancellationToken cancel)
    {
        try
        {
            return Query(session, files, cancel);
        }
        catch (QuernException)
        {
            foreach (var file in files) Probe(session, file, cancel);
            throw;
        }
    }

    /// <summary>Fails when a column that is read has a type that its values cannot be taken from.</summary>
    /// <exception cref="QuernException">QN3110.</exception>
    public static void CheckTypes(InputFile file, ReportLayout layout, IReadOnlyList<(string Name, string Type)> columns)
    {
        foreach (var (name, type) in columns.Where(c => layout.Reads(c.Name)))
        {
            var wanted = name switch
            {
                "interval_start" => type.StartsWith("TIMESTAMP", StringComparison.Ordinal) || type == "DATE" ? null : "a timestamp",
                "report_period_start" => null,
                _ when ReportLayout.IsMeasure(name) =>
                    Numbers.Contains(type) || type.StartsWith("DECIMAL", StringComparison.Ordinal) ? null : "a number",
                _ => type == "BLOB" ? "text" : null,
            };
            if (wanted is null) continue;
            throw new QuernException(new Fault("QN3110", "a column has a type that cannot be read as what it should be")
            {
                Where = $"{file.Name}, column \"{name}\"",
                Value = type,
                Wanted = wanted,
                Try = ["write the file again with the types of the operator's reports", "--input the CSV files that it was made from"],
            });
        }
    }

    /// <summary>First day of the month of the earliest interval; null for a file without rows.</summary>
    /// <exception cref="QuernException">QN3103 it is no month of a calendar; QN3105 the file cannot be read.</exception>
    public static DateOnly? FirstMonth(DuckSession session, InputFile file, CancellationToken cancel)
    {
        var sql = $"select strftime(min(interval_start), '%Y-%m-01') from read_parquet({Sql.File(file.Path)})";
        string? text;
        try
        {
            text = session.Scalar<string>(sql, cancel);
        }
        catch (QuernException e)
        {
            throw Broken(file, e);
        }
        if (text is null) return null;
        if (DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)) return day;
        throw new QuernException(new Fault("QN3103", "the month of the file cannot be told")
        {
            Where = $"{file.Name}, column \"interval_start\"",
            Value = $"\"{text}\"",
            Wanted = "times in the years 1 to 9999: the earliest says which month the file belongs to",
            Try = ["write the file again", "put it into a lake, whose folders say the month: source=/year=/month="],
        });
    }

    static List<(string Name, string Type)>[] Query(DuckSession session, IReadOnlyList<InputFile> files, CancellationToken cancel)
    {
        var index = new Dictionary<string, int>(StringComparer.Ordinal);
        var columns = new List<(string Name, string Type)>[files.Count];
        for (var i = 0; i < files.Count; i++)
        {
            index[files[i].Path] = i;
            columns[i] = [];
        }
        // Children of nested columns and the root have no place here: a report is flat.
        using var result = session.Query(
            $"select file_name, name, duckdb_type from parquet_schema({Sql.Files(index.Keys)}) where num_children is null", cancel);
        while (result.Next() is { } chunk)
        {
            for (var row = 0; row < chunk.Rows; row++)
                columns[index[chunk[0].Texts[row].ToString()]].Add((chunk[1].Texts[row].ToString(), (string?)chunk[2].GetValue(row) ?? ""));
        }
        return columns;
    }

    static void Probe(DuckSession session, InputFile file, CancellationToken cancel)
    {
        try
        {
            session.Scalar<long>($"select count(*) from parquet_schema({Sql.File(file.Path)})", cancel);
        }
        catch (QuernException e)
        {
            throw Broken(file, e);
        }
    }

    /// <summary>The fault of a file that is no whole Parquet file.</summary>
    public static QuernException Broken(InputFile file, QuernException cause) => new(
        new Fault("QN3105", "the file is not a whole Parquet file")
        {
            Where = $"{file.Name} ({file.SizeBytes} bytes)",
            Value = cause.Fault.What,
            Try = ["copy it again: a download or upload may have stopped half way", "leave the file out of --input"],
        },
        cause);
}
