using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Quern.Chunks;
using Quern.Folding.Declared;

namespace Quern.Rollups.Store;

/// <summary>A declared fold as JSON, one form for each, so that the same declaration gives the same bytes.</summary>
static class FoldJson
{
    /// <summary>Tells folds apart: SHA-256 of the declaration without the names of its files, which may be more each day.</summary>
    /// <returns>Hexadecimal, in small letters.</returns>
    public static string Hash(Fold fold)
    {
        var json = Write(fold with { Source = fold.Source with { Files = [] } }).ToJsonString();
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(json)));
    }

    /// <summary>Writes a fold.</summary>
    public static JsonObject Write(Fold fold) => new()
    {
        ["name"] = fold.Name,
        ["from"] = new JsonObject
        {
            ["name"] = fold.Source.Name,
            ["files"] = new JsonArray([.. fold.Source.Files]),
            ["columns"] = new JsonArray([.. fold.Source.Columns.Select(Column)]),
        },
        ["zone"] = fold.Zone,
        ["fallback"] = ExpressionJson.Name(fold.Fallback),
        ["incremental"] = fold.Incremental,
        ["where"] = ExpressionJson.Write(fold.Where),
        ["derive"] = new JsonArray(
            [.. fold.Derived.Select(d => new JsonObject { ["name"] = d.Name, ["as"] = ExpressionJson.Write(d.Expression) })]),
        ["measures"] = new JsonArray([.. fold.Measures.Select(m => new JsonObject { ["of"] = m.Of, ["keep"] = States(m.Keep) })]),
        ["grains"] = new JsonArray([.. fold.Grains.Select(g => new JsonObject { ["name"] = g.Name, ["keys"] = Texts(g.Keys) })]),
    };

    /// <summary>Reads what <see cref="Write"/> wrote.</summary>
    /// <exception cref="FormatException">It is something else.</exception>
    public static Fold Read(JsonNode? json)
    {
        var source = json?["from"];
        return new()
        {
            Name = ExpressionJson.Text(json?["name"]),
            Source = new(
                ExpressionJson.Text(source?["name"]), Texts(source?["files"]), [.. ExpressionJson.Items(source?["columns"]).Select(Column)]),
            Zone = ExpressionJson.Text(json!["zone"]),
            Fallback = ExpressionJson.Value<FallbackKind>(json["fallback"]),
            Incremental = (bool?)json["incremental"] ?? throw new FormatException("incremental is missing"),
            Where = json["where"] is { } where ? ExpressionJson.Read(where) : null,
            Derived = [.. ExpressionJson.Items(json["derive"]).Select(Derived)],
            Measures = [.. ExpressionJson.Items(json["measures"]).Select(Measure)],
            Grains = [.. ExpressionJson.Items(json["grains"]).Select(g => new Grain(ExpressionJson.Text(g?["name"]), Texts(g?["keys"])))],
        };
    }

    /// <summary>A type by its name in SQL.</summary>
    /// <exception cref="FormatException">There is none of that name.</exception>
    internal static LogicalType Type(JsonNode? node) =>
        LogicalType.TryParse(ExpressionJson.Text(node), out var type) ? type : throw new FormatException($"{node} is no type");

    /// <summary>The states that are kept, in the order of their bits.</summary>
    internal static JsonArray States(MeasureKeep keep) =>
        [.. Enum.GetValues<MeasureKeep>().Where(state => (keep & state) != 0).Select(state => ExpressionJson.Name(state))];

    internal static MeasureKeep States(JsonNode? node) =>
        ExpressionJson.Items(node).Aggregate(MeasureKeep.None, (keep, state) => keep | ExpressionJson.Value<MeasureKeep>(state));

    internal static JsonArray Texts(IEnumerable<string> texts) => [.. texts];

    internal static IReadOnlyList<string> Texts(JsonNode? node) => [.. ExpressionJson.Items(node).Select(ExpressionJson.Text)];

    static JsonObject Column(SourceColumn column)
    {
        var json = new JsonObject { ["name"] = column.Name, ["type"] = column.Type.ToString() };
        if (column.Epoch is { } unit) json["epoch"] = ExpressionJson.Name(unit);
        return json;
    }

    static SourceColumn Column(JsonNode? json) => new(
        ExpressionJson.Text(json?["name"]), Type(json?["type"]), json!["epoch"] is { } unit ? ExpressionJson.Value<EpochUnit>(unit) : null);

    static DerivedColumn Derived(JsonNode? json) => new(ExpressionJson.Text(json?["name"]), ExpressionJson.Read(json?["as"]));

    static FoldMeasure Measure(JsonNode? json) => new(ExpressionJson.Text(json?["of"]), States(json?["keep"]));
}
