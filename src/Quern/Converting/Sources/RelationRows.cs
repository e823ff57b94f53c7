using System.Buffers;
using System.Globalization;
using Quern.Chunks;
using Quern.Duck;

namespace Quern.Converting.Sources;

/// <summary>Rows of a query by their numbers, as CSV.</summary>
static class RelationRows
{
    /// <summary>Reads the query up to the last of the rows.</summary>
    /// <param name="database">The engine; it keeps the order of rows.</param>
    /// <param name="query">The rows; the last two columns are the file and the number there, from 0.</param>
    /// <param name="numbers">Which rows, from 0, ascending.</param>
    public static IEnumerable<(string File, long Row, byte[] Raw)> Find(DuckDatabase database, string query, IReadOnlyList<long> numbers)
    {
        if (numbers.Count == 0) yield break;
        using var session = database.Connect();
        using var rows = session.Query(string.Create(CultureInfo.InvariantCulture, $"{query} limit {numbers[^1] + 1}"));
        var (at, next) = (0L, 0);
        while (next < numbers.Count && rows.Next() is { } chunk)
        {
            for (; next < numbers.Count && numbers[next] < at + chunk.Rows; next++) yield return Row(chunk, (int)(numbers[next] - at));
            at += chunk.Rows;
        }
    }

    static (string File, long Row, byte[] Raw) Row(Chunk chunk, int row)
    {
        var columns = chunk.Schema.Count - 2;
        var raw = new ArrayBufferWriter<byte>();
        for (var i = 0; i < columns; i++)
        {
            if (i > 0) raw.Write(","u8);
            if (chunk[i].IsNull(row) || chunk[i].Type.Kind is TypeKind.Geometry or TypeKind.Variant) continue;
            var text = ValueText.Read(chunk[i], row);
            if (text.Length == 0 || text.AsSpan().ContainsAny("\",\r\n"))
                text = $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
            raw.Write(System.Text.Encoding.UTF8.GetBytes(text));
        }
        return (ValueText.Read(chunk[columns], row), chunk[columns + 1].Values<long>()[row], raw.WrittenSpan.ToArray());
    }
}
