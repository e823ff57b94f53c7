using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Quern.Projects.Options;

/// <summary>The JSON schema of quern.yml, by which editors complete and check it: draft 7, which they all know.</summary>
static class OptionSchema
{
    static readonly JsonSerializerOptions Layout = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Its text, with a line feed at its end.</summary>
    public static string Text()
    {
        var schema = Of(OptionKey.Root);
        schema.Insert(0, "$schema", "http://json-schema.org/draft-07/schema#");
        schema.Insert(1, "title", QuernOptions.FileName);
        schema["required"] = new JsonArray("version");
        return schema.ToJsonString(Layout) + "\n";
    }

    static JsonObject Of(OptionKey key)
    {
        var schema = new JsonObject { ["description"] = key.About };
        switch (key.Kind)
        {
            case OptionKind.Version:
                schema["const"] = 1;
                break;
            case OptionKind.Memory:
                schema["anyOf"] = new JsonArray(
                    new JsonObject { ["type"] = "string", ["pattern"] = "^[0-9.]+ *([kKmMgGtT]([iI]?[bB]?)|[bB])?$" },
                    new JsonObject { ["type"] = "integer", ["minimum"] = 1 });
                schema["examples"] = new JsonArray("512MB", "1.5GiB");
                break;
            case OptionKind.Count:
                schema["type"] = "integer";
                schema["minimum"] = 1;
                break;
            case OptionKind.Folder or OptionKind.Text:
                schema["type"] = "string";
                break;
            case OptionKind.Flag:
                schema["type"] = "boolean";
                break;
            case OptionKind.Word:
                schema["enum"] = new JsonArray([.. key.Words.Select(w => (JsonNode)w)]);
                break;
            case OptionKind.Texts:
                schema["anyOf"] = new JsonArray(
                    OneOf(key),
                    new JsonObject { ["type"] = "array", ["items"] = OneOf(key), ["minItems"] = 1 });
                break;
            case OptionKind.Number:
                schema["type"] = "integer";
                break;
            case OptionKind.Limit:
                schema["anyOf"] = new JsonArray(new JsonObject { ["type"] = "integer" }, new JsonObject { ["type"] = "string" });
                break;
            case OptionKind.Maps:
                schema["type"] = "array";
                schema["items"] = Map(new JsonObject(), key);
                break;
            case OptionKind.Items:
                schema["type"] = "array";
                schema["items"] = new JsonObject { ["anyOf"] = new JsonArray(OneOf(key), Map(new JsonObject(), key)) };
                break;
            case OptionKind.Named:
                schema["type"] = "object";
                schema["additionalProperties"] = Map(new JsonObject(), key);
                break;
            case OptionKind.NamedTexts:
                schema["type"] = "object";
                schema["additionalProperties"] = new JsonObject { ["type"] = "string" };
                break;
            case OptionKind.NamedLists:
                schema["type"] = "object";
                schema["additionalProperties"] = new JsonObject
                {
                    ["anyOf"] = new JsonArray(
                        new JsonObject { ["type"] = "string" },
                        new JsonObject { ["type"] = "array", ["items"] = new JsonObject { ["type"] = "string" } }),
                };
                break;
            default:
                Map(schema, key);
                break;
        }
        return key is { IsTemplate: true, Kind: OptionKind.Flag or OptionKind.Word or OptionKind.Number } ? OrTemplate(schema) : schema;
    }

    static JsonObject Map(JsonObject schema, OptionKey key)
    {
        schema["type"] = "object";
        schema["additionalProperties"] = false;
        schema["properties"] = new JsonObject(key.Keys.Select(k => KeyValuePair.Create(k.Name, (JsonNode?)Of(k))));
        var needed = key.Keys.Where(k => k.IsNeeded).Select(k => (JsonNode)k.Name).ToArray();
        if (needed.Length > 0) schema["required"] = new JsonArray(needed);
        return schema;
    }

    static JsonObject OneOf(OptionKey key) => key.Words.Count == 0
        ? new JsonObject { ["type"] = "string" }
        : new JsonObject { ["enum"] = new JsonArray([.. key.Words.Select(w => (JsonNode)w)]) };

    static JsonObject OrTemplate(JsonObject schema)
    {
        var about = schema["description"]!.GetValue<string>();
        schema.Remove("description");
        return new JsonObject
        {
            ["description"] = about,
            ["anyOf"] = new JsonArray(schema, new JsonObject { ["type"] = "string", ["pattern"] = "\\{[{%]" }),
        };
    }
}
