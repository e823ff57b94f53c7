using Quern.Chunks;
using Quern.Delivery.Parquet;
using Quern.Duck;
using Quern.Tests.Arrow;
using Quern.Tests.Duck;
using Quern.Tests.Files;

namespace Quern.Tests.Delivery.Parquet;

/// <summary>Writes rows of queries with our own writer, and reads the files with the engine's reader.</summary>
sealed class ParquetDesk : IDisposable
{
    public ScratchFolder Folder { get; } = new();

    public DuckSession Session { get; } = TestDuck.Memory();

    public string Path => Folder["own.parquet"];

    public string File => Sql.File(Path);

    /// <summary>Writes a query's rows; gives how many the writer says there are.</summary>
    public long Write(string query, ParquetOptions? options = null)
    {
        System.IO.File.Delete(Path);
        using var rows = Session.Query(query);
        using var writer = new ParquetWriter(Path, rows.Schema, options);
        using var builder = writer.Builder();
        while (rows.Next() is { } chunk) Append(writer, builder, chunk);
        writer.Append(builder);
        return writer.Complete();
    }

    public static void Append(ParquetWriter writer, RowGroupBuilder builder, Chunk chunk)
    {
        for (var at = 0; at < chunk.Rows;)
        {
            at += builder.Append(chunk, at);
            if (builder.IsFull) writer.Append(builder);
        }
    }

    /// <summary>The file has the rows of a query, value by value, in their order and with their types.</summary>
    public void AssertHolds(string query)
    {
        // The engine's reader takes milliseconds as microseconds.
        Assert.Equal(Types(query).Replace("TIMESTAMP_MS", "TIMESTAMP", StringComparison.Ordinal), Types($"from read_parquet({File})"));
        var (wanted, found) = (ArrowFiles.Texts(Session, query), ArrowFiles.Texts(Session, $"from read_parquet({File})"));
        Assert.Equal(wanted.Count, found.Count);
        for (var i = 0; i < wanted.Count; i++)
            if (wanted[i] != found[i]) Assert.Fail($"value {i}: {found[i] ?? "NULL"} instead of {wanted[i] ?? "NULL"} of {query}");
    }

    /// <summary>Rows of a query about the file (<c>@</c>), values with bars between.</summary>
    public IReadOnlyList<string> Rows(string sql)
    {
        var rows = new List<string>();
        using var result = Session.Query(sql.Replace("@", File, StringComparison.Ordinal));
        while (result.Next() is { } chunk)
        {
            for (var row = 0; row < chunk.Rows; row++)
                rows.Add(string.Join('|', Enumerable.Range(0, result.Schema.Count).Select(c => ValueText.Read(chunk[c], row))));
        }
        return rows;
    }

    public void Dispose()
    {
        Session.Dispose();
        Folder.Dispose();
    }

    string Types(string query)
    {
        using var result = Session.Query($"from ({query}) limit 0");
        return result.Schema.ToString();
    }
}
