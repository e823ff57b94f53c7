using Quern.Chunks;
using Quern.Csv;

namespace Quern.Tests.Csv;

/// <summary>Reads CSV in tests.</summary>
static class Reading
{
    /// <summary>A read of texts.</summary>
    public static CsvRead Texts(string path, int columns, bool hasHeader = false, int blockBytes = 1 << 20) => new()
    {
        Files = [new CsvFile(path, Path.GetFileName(path))],
        Columns = [.. Enumerable.Range(0, columns).Select(i => new CsvColumn($"c{i}", TypeKind.Varchar))],
        Dialect = new CsvDialect { HasHeader = hasHeader },
        BlockBytes = blockBytes,
    };

    /// <summary>All rows, read by one thread: cells as .NET's values, null for NULL.</summary>
    public static List<object?[]> Rows(CsvRead read, IReadOnlyList<int>? columns = null)
    {
        var rows = new List<object?[]>();
        using var pass = new CsvPass(read, columns);
        using var chunks = new CsvChunks(pass);
        while (chunks.Next() is { } chunk)
        {
            for (var row = 0; row < chunk.Rows; row++)
            {
                var cells = new object?[chunk.Schema.Count];
                for (var column = 0; column < cells.Length; column++) cells[column] = chunk[column].GetValue(row);
                rows.Add(cells);
            }
        }
        return rows;
    }

    /// <summary>All rows as one text: <c>[a|b][c|d]</c>, or the code of the fault that ends the read.</summary>
    public static string Shown(CsvRead read)
    {
        try
        {
            return string.Concat(Rows(read).Select(row => $"[{string.Join('|', row.Select(cell => cell ?? "NULL"))}]"));
        }
        catch (QuernException e)
        {
            return e.Fault.Code;
        }
    }
}
