using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Quern.Csv.Schemas;

/// <summary>Writes schemas; keys that say what is so without them are left out.</summary>
static class SchemaWriter
{
    static readonly JsonSerializerOptions Layout = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>As YAML, with a line feed at the end.</summary>
    public static string Yaml(CsvSchema schema)
    {
        var text = new StringBuilder("# What CSV files are. Runs that are given it read files so, or say what is different.\n");
        YamlTree.Write(text, Tree(schema));
        return text.ToString();
    }

    /// <summary>As JSON.</summary>
    public static string Json(CsvSchema schema) => Tree(schema).ToJsonString(Layout);

    static JsonObject Tree(CsvSchema schema)
    {
        var tree = new JsonObject { ["version"] = 1 };
        if (schema.Evidence is { } evidence) tree["evidence"] = Evidence(evidence);
        tree["dialect"] = Dialect(schema.Dialect);
        tree["nulls"] = Texts(schema.Nulls);
        if (schema.IgnoresOthers) tree["other_columns"] = "ignore";
        tree["columns"] = new JsonArray([.. schema.Columns.Select(Column)]);
        return tree;
    }

    static JsonObject Evidence(SchemaEvidence evidence)
    {
        var tree = new JsonObject { ["files"] = evidence.Files };
        if (evidence.EmptyFiles > 0) tree["empty_files"] = evidence.EmptyFiles;
        tree["rows"] = evidence.Rows;
        if (evidence.RaggedRows > 0) tree["ragged_rows"] = evidence.RaggedRows;
        if (evidence.Damage.Count > 0) tree["damage"] = Texts(evidence.Damage);
        tree["read"] = evidence.IsAll ? "all" : "sample";
        tree["dialect"] = Texts(evidence.Dialect);
        return tree;
    }

    static JsonObject Dialect(CsvDialect dialect)
    {
        var tree = new JsonObject
        {
            ["delimiter"] = CsvByte.Shown(dialect.Delimiter),
            ["quote"] = dialect.Quote is { } quote ? CsvByte.Shown(quote) : "none",
            ["escape"] = CsvByte.Shown(dialect.Escape),
            ["header"] = dialect.HasHeader,
        };
        if (dialect.LinesAbove > 0) tree["skip"] = dialect.LinesAbove;
        if (dialect.Comment is { } comment) tree["comment"] = CsvByte.Shown(comment);
        tree["encoding"] = dialect.EncodingByFile ? "auto" : EncodingNames.Of(dialect.Encoding);
        return tree;
    }

    static JsonObject Column(SchemaColumn column)
    {
        var tree = new JsonObject { ["name"] = column.Name, ["type"] = column.Type.ToString() };
        if (column.Format is not null) tree["format"] = column.Format;
        if (column.Nulls.Count > 0) tree["nulls"] = Texts(column.Nulls);
        if (column.OnBad != OnBad.Fail) tree["on_bad"] = column.OnBad == OnBad.Null ? "null" : "zero";
        if (column.Optional) tree["optional"] = true;
        if (column.Partition) tree["partition"] = true;
        if (column.MissingIn.Count > 0) tree["missing_in"] = Texts(column.MissingIn);
        if (column.Evidence is not { } evidence) return tree;
        var why = new JsonObject { ["values"] = evidence.Values, ["nulls"] = evidence.Nulls };
        (string Key, string? Text)[] texts =
        [
            ("min", evidence.Min), ("max", evidence.Max), ("widest", evidence.Widest), ("because", evidence.Because),
            ("widened_at", evidence.WidenedAt), ("widened_by", evidence.WidenedBy),
        ];
        foreach (var (key, text) in texts)
            if (!string.IsNullOrEmpty(text)) why[key] = text;
        tree["evidence"] = why;
        return tree;
    }

    static JsonArray Texts(IReadOnlyList<string> texts) => new([.. texts.Select(text => (JsonNode)text)]);
}
