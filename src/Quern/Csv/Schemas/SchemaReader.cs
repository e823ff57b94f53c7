using Quern.Chunks;
using Quern.Yaml;

namespace Quern.Csv.Schemas;

/// <summary>Reads schemas from YAML.</summary>
static class SchemaReader
{
    /// <summary>Reads a text.</summary>
    /// <param name="text">YAML.</param>
    /// <param name="place">What errors call it.</param>
    /// <exception cref="QuernException">As <see cref="CsvSchema.Load"/>.</exception>
    public static CsvSchema Read(string text, string place)
    {
        if (YamlText.Parse(text, place) is not YamlMap root) throw SchemaFaults.NoVersion(place);
        SchemaCheck.Map(root, SchemaKey.Root, place);
        if (root["version"] is null) throw SchemaFaults.NoVersion(YamlText.Place(place, root.Line, root.Column));
        var list = (YamlList)root["columns"]!;
        if (list.Items.Count == 0) throw SchemaFaults.Columns(YamlText.Place(place, list.Line, list.Column), null);
        var taken = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach (var item in list.Items.Cast<YamlMap>())
        {
            if (!taken.Add(Text(item, "name")!))
                throw SchemaFaults.Columns(YamlText.Place(place, item.Line, item.Column), Text(item, "name"));
        }
        return new CsvSchema
        {
            Columns = [.. list.Items.Cast<YamlMap>().Select(Column)],
            Dialect = root["dialect"] is YamlMap dialect ? Dialect(dialect) : new(),
            Nulls = Texts(root, "nulls") ?? [""],
            IgnoresOthers = Text(root, "other_columns") == "ignore",
            Evidence = root["evidence"] is YamlMap evidence ? Evidence(evidence) : null,
        };
    }

    static CsvDialect Dialect(YamlMap map)
    {
        var basis = new CsvDialect();
        var quote = Text(map, "quote");
        return basis with
        {
            Delimiter = Byte(map, "delimiter") ?? basis.Delimiter,
            Quote = quote == "none" ? null : Byte(map, "quote") ?? basis.Quote,
            Escape = Byte(map, "escape") ?? basis.Escape,
            HasHeader = map["header"]?.Value() as bool? ?? true,
            LinesAbove = (int)Count(map, "skip"),
            Comment = Byte(map, "comment"),
            EncodingByFile = Text(map, "encoding") == "auto",
            Encoding = Text(map, "encoding") is { } encoding ? EncodingNames.Find(encoding) ?? basis.Encoding : basis.Encoding,
        };
    }

    static SchemaColumn Column(YamlMap map)
    {
        // The check has parsed the name of the type already.
        var type = LogicalType.TryParse(Text(map, "type")!, out var known)
            ? known
            : throw new InvalidOperationException("a type that the check let pass");
        return new SchemaColumn(Text(map, "name")!, type)
        {
            Format = Text(map, "format"),
            Nulls = Texts(map, "nulls") ?? [],
            OnBad = Text(map, "on_bad") switch
            {
                "null" => OnBad.Null,
                "zero" => OnBad.Zero,
                _ => OnBad.Fail,
            },
            Optional = map["optional"]?.Value() is true,
            Partition = map["partition"]?.Value() is true,
            MissingIn = Texts(map, "missing_in") ?? [],
            Evidence = map["evidence"] is YamlMap evidence ? ColumnEvidence(evidence) : null,
        };
    }

    static ColumnEvidence ColumnEvidence(YamlMap map) => new()
    {
        Values = Count(map, "values"),
        Nulls = Count(map, "nulls"),
        Min = Text(map, "min"),
        Max = Text(map, "max"),
        Widest = Text(map, "widest"),
        WidenedAt = Text(map, "widened_at"),
        WidenedBy = Text(map, "widened_by"),
        Because = Text(map, "because"),
    };

    static SchemaEvidence Evidence(YamlMap map) => new()
    {
        Files = (int)Count(map, "files"),
        EmptyFiles = (int)Count(map, "empty_files"),
        Rows = Count(map, "rows"),
        RaggedRows = Count(map, "ragged_rows"),
        IsAll = Text(map, "read") == "all",
        Damage = Texts(map, "damage") ?? [],
        Dialect = Texts(map, "dialect") ?? [],
    };

    static string? Text(YamlMap map, string key) => (map[key] as YamlScalar)?.Text;

    static long Count(YamlMap map, string key) => map[key]?.Value() as long? ?? 0;

    static byte? Byte(YamlMap map, string key) => Text(map, key) is { } text ? CsvByte.Find(text) : null;

    static IReadOnlyList<string>? Texts(YamlMap map, string key) =>
        map[key] is YamlList list ? [.. list.Items.Cast<YamlScalar>().Select(item => item.Text)] : null;
}
