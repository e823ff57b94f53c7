using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Quern.Projects.Warehouses;

namespace Quern.Cli.Reporting;

/// <summary>A few rows as people and programs read them.</summary>
static class RowsText
{
    static readonly string[] Numbers = ["TINYINT", "SMALLINT", "INTEGER", "BIGINT", "HUGEINT", "UTINYINT", "USMALLINT", "UINTEGER", "UBIGINT", "UHUGEINT", "FLOAT", "DOUBLE"];

    /// <summary>A table with bars; numbers stand at the right.</summary>
    /// <param name="columns">Names and types.</param>
    /// <param name="rows">Values as text; null prints as nothing.</param>
    public static string Table(IReadOnlyList<TableColumn> columns, IReadOnlyList<object?[]> rows)
    {
        var widths = columns.Select((c, i) => rows.Select(r => Cell(r[i]).Length).Append(c.Name.Length).Max()).ToList();
        var text = new StringBuilder();
        Line(columns.Select(c => c.Name), right: false);
        Line(widths.Select(w => new string('-', w)), right: false);
        foreach (var row in rows) Line(row.Select(Cell), right: true);
        return text.ToString().TrimEnd('\n');

        void Line(IEnumerable<string> cells, bool right)
        {
            var parts = cells.Select((cell, i) => right && IsNumber(columns[i].Type) ? cell.PadLeft(widths[i]) : cell.PadRight(widths[i]));
            text.Append("| ").AppendJoin(" | ", parts).Append(" |\n");
        }
    }

    /// <summary>An object with the name of the node, when there is one, and its rows.</summary>
    /// <param name="node">The node; null for a text of the command line.</param>
    /// <param name="rows">Each row as a JSON object.</param>
    public static string Json(string? node, IEnumerable<string> rows)
    {
        var buffer = new ArrayBufferWriter<byte>(1024);
        var options = new JsonWriterOptions { Indented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
        using (var json = new Utf8JsonWriter(buffer, options))
        {
            json.WriteStartObject();
            if (node is not null) json.WriteString("node"u8, node);
            json.WriteStartArray("show"u8);
            foreach (var row in rows)
            {
                using var document = JsonDocument.Parse(row);
                document.RootElement.WriteTo(json);
            }
            json.WriteEndArray();
            json.WriteEndObject();
        }
        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    static string Cell(object? value) => value as string ?? "";

    static bool IsNumber(string type) => Numbers.Contains(type) || type.StartsWith("DECIMAL", StringComparison.Ordinal);
}
