using Quern.Arrow;
using Quern.Duck;

namespace Quern.Tests.Arrow;

/// <summary>Writes and reads Arrow in tests.</summary>
static class ArrowFiles
{
    /// <summary>Writes a query's rows to a file; returns its path.</summary>
    public static string Write(DuckSession session, string sql, string path, ArrowOptions? options = null)
    {
        using var result = session.Query(sql);
        using var file = File.Create(path);
        using var writer = new ArrowWriter(file, result.Schema, options);
        while (result.Next() is { } chunk) writer.Write(chunk);
        writer.Complete();
        Assert.Equal(file.Length, writer.Bytes);
        return path;
    }

    /// <summary>The rows of a query as texts, column by column: types first, then a text for each row, null for
    /// NULL.</summary>
    public static List<string?> Texts(DuckSession session, string sql)
    {
        var texts = new List<string?>();
        using var result = session.Query($"select columns(*)::varchar from ({sql})");
        while (result.Next() is { } chunk)
        {
            for (var row = 0; row < chunk.Rows; row++)
                for (var column = 0; column < chunk.Schema.Count; column++) texts.Add((string?)chunk[column].GetValue(row));
        }
        return texts;
    }

    /// <summary>Rows, read without a database: columns by bars, NULL as such.</summary>
    public static List<string> Rows(string path)
    {
        using var set = new ArrowSet(new ArrowRead { Paths = [path], Names = [Path.GetFileName(path)] });
        using var chunks = new ArrowChunks(new ArrowPass(set));
        var rows = new List<string>();
        while (chunks.Next() is { } chunk)
        {
            for (var row = 0; row < chunk.Rows; row++)
            {
                var cells = new object[chunk.Schema.Count];
                for (var column = 0; column < cells.Length; column++) cells[column] = chunk[column].GetValue(row) ?? "NULL";
                rows.Add(string.Join('|', cells));
            }
        }
        return rows;
    }
}
