using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Quern.Cli.Terminal;
using Quern.Peeking;

namespace Quern.Cli.Peeking;

/// <summary>What looking into a file has shown, as people and programs read it.</summary>
static class PreviewText
{
    const int MostTypes = 60;

    static readonly string[] Numbers =
    [
        "TINYINT", "SMALLINT", "INTEGER", "BIGINT", "HUGEINT", "UTINYINT", "USMALLINT", "UINTEGER", "UBIGINT", "UHUGEINT", "FLOAT", "DOUBLE",
    ];

    static readonly string[] StatNames = ["column", "type", "nulls", "min", "max", "distinct"];
    static readonly string[] TableNames = ["table", "kind", "rows", "columns"];

    /// <summary>The file in a line, and its columns with their types.</summary>
    public static IEnumerable<string> Facts(Preview preview)
    {
        var facts = new[] { preview.Name, preview.Format, Size(preview), Rows(preview) }.Concat(preview.Remarks);
        yield return string.Join("   ", facts.Where(text => text.Length > 0));
        if (preview.Columns.Count == 0 || preview.HasStats) yield break;
        yield return "";
        var width = preview.Columns.Take(MostTypes).Max(column => VisibleText.Of(column.Name).Length);
        foreach (var column in preview.Columns.Take(MostTypes)) yield return $"{VisibleText.Of(column.Name).PadRight(width)}  {column.Type}";
        if (preview.Columns.Count > MostTypes)
            yield return string.Create(CultureInfo.InvariantCulture, $"({preview.Columns.Count - MostTypes:N0} more columns: --json lists all)");
    }

    /// <summary>The rows, the statistics or the tables as a table that fits a terminal.</summary>
    public static IEnumerable<string> Table(Preview preview, int width)
    {
        var (names, isNumber, rows) = Data(preview);
        return names.Count == 0 ? [] : TableText.Lines(names, isNumber, rows, width, narrows: preview.HasStats);
    }

    /// <summary>The rows, the statistics or the tables as CSV.</summary>
    public static string Csv(Preview preview)
    {
        var (names, _, rows) = Data(preview);
        return CsvText.Of(names, rows);
    }

    /// <summary>Everything as JSON.</summary>
    public static string Json(Preview preview)
    {
        var buffer = new ArrayBufferWriter<byte>(4096);
        var options = new JsonWriterOptions { Indented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
        using (var json = new Utf8JsonWriter(buffer, options))
        {
            json.WriteStartObject();
            json.WriteString("file", preview.Name);
            json.WriteString("format", preview.Format);
            Number(json, "size_bytes", preview.SizeBytes);
            Number(json, "rows", preview.RowCount);
            json.WriteBoolean("rows_are_exact", preview.RowCount is not null && !preview.IsEstimate);
            json.WriteStartArray("remarks");
            foreach (var remark in preview.Remarks) json.WriteStringValue(remark);
            json.WriteEndArray();
            if (preview.Tables is { } tables) Tables(json, tables);
            else Columns(json, preview);
            json.WriteEndObject();
        }
        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    static void Columns(Utf8JsonWriter json, Preview preview)
    {
        json.WriteStartArray("columns");
        foreach (var column in preview.Columns)
        {
            json.WriteStartObject();
            json.WriteString("name", column.Name);
            json.WriteString("type", column.Type);
            if (preview.HasStats)
            {
                Number(json, "nulls", column.Nulls);
                json.WriteString("min", column.Min);
                json.WriteString("max", column.Max);
                Number(json, "distinct", column.Distinct);
            }
            json.WriteEndObject();
        }
        json.WriteEndArray();
        if (preview.HasStats)
        {
            json.WriteNumber("stats_rows", preview.StatsRows);
            return;
        }
        json.WriteStartArray("first_rows");
        foreach (var row in preview.Rows)
        {
            json.WriteStartObject();
            for (var i = 0; i < row.Count; i++) json.WriteString(preview.Columns[i].Name, row[i]);
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }

    static void Tables(Utf8JsonWriter json, IReadOnlyList<PeekTable> tables)
    {
        json.WriteStartArray("tables");
        foreach (var table in tables)
        {
            json.WriteStartObject();
            json.WriteString("name", table.Name);
            json.WriteString("kind", table.Kind);
            Number(json, "rows", table.Rows);
            json.WriteNumber("columns", table.Columns);
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }

    static void Number(Utf8JsonWriter json, string name, long? value)
    {
        if (value is { } number) json.WriteNumber(name, number);
        else json.WriteNull(name);
    }

    static (IReadOnlyList<string> Names, IReadOnlyList<bool> IsNumber, IReadOnlyList<IReadOnlyList<string?>> Rows) Data(Preview preview)
    {
        if (preview.Tables is { } tables)
            return (TableNames, [false, false, true, true], [.. tables.Select(t => new[] { t.Name, t.Kind, Text(t.Rows), Text(t.Columns) })]);
        if (preview.HasStats)
        {
            return (StatNames, [false, false, true, false, false, true],
                [.. preview.Columns.Select(c => new[] { c.Name, c.Type, Text(c.Nulls), c.Min, c.Max, Text(c.Distinct) })]);
        }
        return ([.. preview.Columns.Select(c => c.Name)], [.. preview.Columns.Select(c => IsNumber(c.Type))], preview.Rows);
    }

    static string? Text(long? number) => number?.ToString(CultureInfo.InvariantCulture);

    static string Size(Preview preview) => preview.SizeBytes is { } size ? Figures.Bytes(size) : "";

    static string Rows(Preview preview)
    {
        if (preview.RowCount is not { } count) return preview.HasStats ? $"statistics of {Figures.Count(preview.StatsRows)} rows" : "";
        return $"{(preview.IsEstimate ? "about " : "")}{Figures.Count(count)} row{(count == 1 ? "" : "s")}";
    }

    static bool IsNumber(string type) => Numbers.Contains(type) || type.StartsWith("DECIMAL", StringComparison.Ordinal);
}
