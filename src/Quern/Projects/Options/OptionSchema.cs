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
            case OptionKind.Folder:
                schema["type"] = "string";
                break;
            case OptionKind.Flag:
                schema["type"] = "boolean";
                break;
            default:
                schema["type"] = "object";
                schema["additionalProperties"] = false;
                schema["properties"] = new JsonObject(key.Keys.Select(k => KeyValuePair.Create(k.Name, (JsonNode?)Of(k))));
                break;
        }
        return schema;
    }
}
