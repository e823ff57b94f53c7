using System.Numerics;
using System.Text.Json;
using Quern.Jinja.Values;

namespace Quern.Projects.Artifacts;

/// <summary>JSON as values of templates.</summary>
static class JsonTree
{
    /// <summary>The value of an element: whole numbers stay whole.</summary>
    public static object? Value(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.String => element.GetString(),
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        JsonValueKind.Number when element.TryGetInt64(out var whole) => whole,
        JsonValueKind.Number when BigInteger.TryParse(element.GetRawText(), System.Globalization.CultureInfo.InvariantCulture, out var big)
            => big,
        JsonValueKind.Number => element.GetDouble(),
        JsonValueKind.Array => element.EnumerateArray().Select(Value).ToList(),
        JsonValueKind.Object => Map(element),
        _ => null,
    };

    static Dict Map(JsonElement element)
    {
        var dict = new Dict();
        foreach (var property in element.EnumerateObject()) dict[property.Name] = Value(property.Value);
        return dict;
    }
}
