using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Quern.Csv.Schemas;

/// <summary>Writes a tree of JSON as YAML: mappings a key a line, lists of texts on one line, or one below the other when they are
/// long.</summary>
static partial class YamlTree
{
    const int MostColumns = 100;

    static readonly JsonSerializerOptions Quoted = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Appends a mapping.</summary>
    public static void Write(StringBuilder text, JsonObject map, int indent = 0)
    {
        foreach (var (key, value) in map)
        {
            text.Append(' ', indent).Append(key).Append(':');
            switch (value)
            {
                case JsonObject below:
                    text.Append('\n');
                    Write(text, below, indent + 2);
                    break;
                case JsonArray list when list.Count > 0 && list[0] is JsonObject:
                    text.Append('\n');
                    foreach (var item in list) Item(text, (JsonObject)item!, indent + 2);
                    break;
                case JsonArray list:
                    List(text, [.. list.Select(item => Scalar(item, isListed: true))], indent + 2);
                    break;
                default:
                    text.Append(' ').Append(Scalar(value)).Append('\n');
                    break;
            }
        }
    }

    static void Item(StringBuilder text, JsonObject map, int indent)
    {
        var item = new StringBuilder();
        Write(item, map, indent + 2);
        item[indent] = '-';
        text.Append(item);
    }

    static void List(StringBuilder text, string[] items, int indent)
    {
        var line = $" [{string.Join(", ", items)}]\n";
        if (line.Length + indent <= MostColumns)
        {
            text.Append(line);
            return;
        }
        text.Append('\n');
        foreach (var item in items) text.Append(' ', indent).Append("- ").Append(item).Append('\n');
    }

    static string Scalar(JsonNode? node, bool isListed = false)
    {
        if (node is null) return "null";
        if (node.GetValueKind() != JsonValueKind.String) return node.ToJsonString();
        var text = node.GetValue<string>();
        // What is quoted in JSON is quoted in YAML; a word of YAML itself, or of another kind, must be.
        var isPlain = Plain().IsMatch(text) && !Word().IsMatch(text) && !(isListed && text.Contains(',', StringComparison.Ordinal));
        return isPlain ? text : JsonSerializer.Serialize(text, Quoted);
    }

    [GeneratedRegex(@"^[A-Za-z_](?:[A-Za-z0-9_ (),./+-]*[A-Za-z0-9_()])?\z")]
    private static partial Regex Plain();

    [GeneratedRegex(@"^(?:y|n|yes|no|on|off|true|false|null)\z", RegexOptions.IgnoreCase)]
    private static partial Regex Word();
}
