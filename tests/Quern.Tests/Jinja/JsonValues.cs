using System.Text.Json;
using Quern.Jinja.Values;

namespace Quern.Tests.Jinja;

/// <summary>JSON as template values, for test data.</summary>
static class JsonValues
{
    public static object? Read(JsonElement element)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.Object:
                var dict = new Dict();
                foreach (var property in element.EnumerateObject()) dict[property.Name] = Read(property.Value);
                return dict;
            case JsonValueKind.Array:
                return new List<object?>(element.EnumerateArray().Select(Read));
            case JsonValueKind.String:
                return element.GetString();
            case JsonValueKind.Number:
                return element.TryGetInt64(out var whole) ? (object)whole : element.GetDouble();
            case JsonValueKind.True or JsonValueKind.False:
                return element.GetBoolean();
            default:
                return null;
        }
    }
}
