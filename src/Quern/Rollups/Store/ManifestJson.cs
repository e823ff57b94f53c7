using System.Globalization;
using System.Text.Json.Nodes;
using Quern.Folding.Expressions;

namespace Quern.Rollups.Store;

/// <summary>A manifest as JSON.</summary>
static class ManifestJson
{
    /// <summary>Writes a manifest; times of files are UTC.</summary>
    public static JsonObject Write(StoreManifest manifest) => new()
    {
        ["format"] = StoreLayout.Format,
        ["quern"] = manifest.Quern,
        ["fold"] = FoldJson.Write(manifest.Fold),
        ["fold_sha256"] = manifest.FoldHash,
        ["rows"] = new JsonObject
        {
            ["read"] = manifest.Rows.Read,
            ["kept"] = manifest.Rows.Kept,
            ["filtered"] = manifest.Rows.Filtered,
            ["rejected"] = manifest.Rows.Rejected,
        },
        ["sources"] = new JsonArray([.. manifest.Sources.Select(Source)]),
        ["keys"] = new JsonArray([.. manifest.Keys.Select(Key)]),
        ["measures"] = new JsonArray([.. manifest.Measures.Select(Measure)]),
        ["grains"] = new JsonArray([.. manifest.Grains.Select(Grain)]),
        ["fallback"] = FoldJson.Texts(manifest.Fallback),
        ["files"] = new JsonArray([.. manifest.Files.Select(File)]),
    };

    /// <summary>Reads what <see cref="Write"/> wrote.</summary>
    /// <exception cref="FormatException">It is something else.</exception>
    public static StoreManifest Read(JsonNode json) => new()
    {
        Quern = ExpressionJson.Text(json["quern"]),
        Fold = FoldJson.Read(json["fold"]),
        FoldHash = ExpressionJson.Text(json["fold_sha256"]),
        Rows = Counts(json["rows"]),
        Sources = [.. ExpressionJson.Items(json["sources"]).Select(Source)],
        Keys = [.. ExpressionJson.Items(json["keys"]).Select(Key)],
        Measures = [.. ExpressionJson.Items(json["measures"]).Select(Measure)],
        Grains = [.. ExpressionJson.Items(json["grains"]).Select(Grain)],
        Fallback = FoldJson.Texts(json["fallback"]),
        Files = [.. ExpressionJson.Items(json["files"]).Select(File)],
    };

    static StoreRows Counts(JsonNode? json) =>
        new(Number(json?["read"]), Number(json?["kept"]), Number(json?["filtered"]), Number(json?["rejected"]));

    static JsonObject Source(SourceFile source) => new()
    {
        ["path"] = source.Path,
        ["bytes"] = source.Bytes,
        ["modified"] = source.Modified.UtcDateTime.ToString("O", CultureInfo.InvariantCulture),
        ["rows"] = source.Rows,
    };

    static SourceFile Source(JsonNode? json) => new(
        ExpressionJson.Text(json?["path"]),
        Number(json?["bytes"]),
        DateTimeOffset.Parse(ExpressionJson.Text(json?["modified"]), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal),
        Number(json?["rows"]));

    static JsonObject Key(KeyEntry key)
    {
        var json = new JsonObject
        {
            ["name"] = key.Name,
            ["type"] = key.Type.ToString(),
            ["values"] = ExpressionJson.Name(key.Kind),
            ["count"] = key.Count,
        };
        if (key.Kind == KeyKind.Linear) json["first"] = key.First;
        if (key.Bucket is { } bucket) json["bucket"] = ExpressionJson.Name(bucket);
        if (key.Kind == KeyKind.Text) json["sorted"] = key.IsSorted;
        if (key.File is not null) json["file"] = key.File;
        return json;
    }

    static KeyEntry Key(JsonNode? json)
    {
        var kind = ExpressionJson.Value<KeyKind>(json?["values"]);
        return new(ExpressionJson.Text(json!["name"]), FoldJson.Type(json["type"]), kind, checked((uint)Number(json["count"])))
        {
            First = (long?)json["first"] ?? 0,
            Bucket = json["bucket"] is { } bucket ? ExpressionJson.Value<TimeBucket>(bucket) : null,
            IsSorted = (bool?)json["sorted"] ?? true,
            File = (string?)json["file"],
        };
    }

    static JsonObject Measure(StoredMeasure measure) => new()
    {
        ["of"] = measure.Of,
        ["type"] = measure.Type.ToString(),
        ["keep"] = FoldJson.States(measure.Keep),
    };

    static StoredMeasure Measure(JsonNode? json) =>
        new(ExpressionJson.Text(json?["of"]), FoldJson.Type(json?["type"]), FoldJson.States(json?["keep"]));

    static JsonObject Grain(GrainEntry grain) => new()
    {
        ["name"] = grain.Name,
        ["keys"] = FoldJson.Texts(grain.Keys),
        ["rows"] = grain.Rows,
        ["file"] = grain.File,
    };

    static GrainEntry Grain(JsonNode? json) =>
        new(ExpressionJson.Text(json?["name"]), FoldJson.Texts(json?["keys"]), Number(json?["rows"]), ExpressionJson.Text(json?["file"]));

    static JsonObject File(StoreFile file) => new()
    {
        ["path"] = file.Path,
        ["bytes"] = file.Bytes,
        ["checksum"] = file.Checksum.ToString("x16", CultureInfo.InvariantCulture),
    };

    static StoreFile File(JsonNode? json) => new(
        ExpressionJson.Text(json?["path"]),
        Number(json?["bytes"]),
        ulong.Parse(ExpressionJson.Text(json?["checksum"]), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture));

    static long Number(JsonNode? node) => (long?)node ?? throw new FormatException("a number is missing");
}
