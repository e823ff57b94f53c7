using Quern.Duck;
using Quern.Files;

namespace Quern.Packs.OpenShift;

/// <summary>What the footers of Parquet files say.</summary>
static class ParquetColumns
{
    /// <summary>The columns of each file, in the order of the files.</summary>
    /// <exception cref="QuernException">QN3105 a file is no whole Parquet file.</exception>
    public static IReadOnlyList<IReadOnlyList<string>> Read(DuckSession session, IReadOnlyList<InputFile> files, CancellationToken cancel)
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

    /// <summary>First day of the month of the earliest interval; null for a file without rows.</summary>
    public static DateOnly? FirstMonth(DuckSession session, InputFile file, CancellationToken cancel)
    {
        var sql = $"select strftime(min(interval_start), '%Y-%m-01') from read_parquet({Sql.Text(file.Path)})";
        return session.Scalar<string>(sql, cancel) is { } day ? DateOnly.ParseExact(day, "yyyy-MM-dd") : null;
    }

    static List<string>[] Query(DuckSession session, IReadOnlyList<InputFile> files, CancellationToken cancel)
    {
        var index = new Dictionary<string, int>(StringComparer.Ordinal);
        var columns = new List<string>[files.Count];
        for (var i = 0; i < files.Count; i++)
        {
            index[files[i].Path] = i;
            columns[i] = [];
        }
        // Children of nested columns and the root have no place here: a report is flat.
        using var result = session.Query(
            $"select file_name, name from parquet_schema({Sql.Texts(index.Keys)}) where num_children is null", cancel);
        while (result.Next() is { } chunk)
        {
            for (var row = 0; row < chunk.Rows; row++)
                columns[index[chunk[0].Texts[row].ToString()]].Add(chunk[1].Texts[row].ToString());
        }
        return columns;
    }

    static void Probe(DuckSession session, InputFile file, CancellationToken cancel)
    {
        try
        {
            session.Scalar<long>($"select count(*) from parquet_schema({Sql.Text(file.Path)})", cancel);
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
