using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Quern.Csv.Schemas;

/// <summary>The JSON schema of schema files, by which editors complete and check them: draft 7, which they all know.</summary>
static class SchemaJson
{
    static readonly JsonSerializerOptions Layout = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Its text, with a line feed at its end.</summary>
    public static string Text()
    {
        var schema = Of(SchemaKey.Root);
        schema.Insert(0, "$schema", "http://json-schema.org/draft-07/schema#");
        schema.Insert(1, "title", "schema of CSV files");
        return schema.ToJsonString(Layout) + "\n";
    }

    static JsonObject Of(SchemaKey key)
    {
        var schema = new JsonObject { ["description"] = key.About };
        switch (key.Kind)
        {
            case SchemaKind.Version:
                schema["const"] = 1;
                break;
            case SchemaKind.Flag:
                schema["type"] = "boolean";
                break;
            case SchemaKind.Count:
                schema["type"] = "integer";
                schema["minimum"] = 0;
                break;
            case SchemaKind.Byte:
                schema["type"] = "string";
                schema["pattern"] = $"^([ -~\\t]|tab{string.Concat(key.Words.Select(word => "|" + word))}|\\\\x[0-9A-Fa-f]{{2}})$";
                break;
            case SchemaKind.Texts:
                schema["type"] = "array";
                schema["items"] = new JsonObject { ["type"] = "string" };
                break;
            case SchemaKind.Word:
                schema["enum"] = new JsonArray([.. key.Words.Select(word => (JsonNode)word)]);
                break;
            case SchemaKind.Map:
                Map(schema, key);
                break;
            case SchemaKind.Maps:
                schema["type"] = "array";
                schema["minItems"] = 1;
                var items = new JsonObject();
                Map(items, key);
                schema["items"] = items;
                break;
            default:
                schema["type"] = "string";
                schema["minLength"] = 1;
                break;
        }
        return schema;
    }

    static void Map(JsonObject schema, SchemaKey key)
    {
        schema["type"] = "object";
        schema["additionalProperties"] = false;
        schema["properties"] = new JsonObject(key.Keys.Select(k => KeyValuePair.Create(k.Name, (JsonNode?)Of(k))));
        var required = key.Keys.Where(k => k.IsRequired).Select(k => (JsonNode)k.Name).ToArray();
        if (required.Length > 0) schema["required"] = new JsonArray(required);
    }
}
