using System.Buffers;
using System.Text.Json;
using Quern.Jinja;
using Quern.Projects.Artifacts;
using Quern.Projects.Nodes;

namespace Quern.Projects.Selection;

/// <summary>A resource's configuration as it is written, now and in an earlier manifest: what depends on the target or on a variable has not
/// changed as long as its text has not.</summary>
sealed class WrittenConfig
{
    readonly Resource _resource;
    readonly JsonElement _now, _then;

    WrittenConfig(Resource resource, JsonElement now, JsonElement then) => (_resource, _now, _then) = (resource, now, then);

    /// <summary>All keys that are set now or were then.</summary>
    public IEnumerable<string> Keys => _now.EnumerateObject().Concat(_then.EnumerateObject()).Select(p => p.Name).Distinct();

    /// <summary>The two; null where one of them is not known, and where nothing was set then but something is now: tools that do not keep
    /// what is written have nothing there, too.</summary>
    public static WrittenConfig? Of(Resource resource, JsonElement before)
    {
        if (resource.Config.Written is not { } written || !before.TryGetProperty("unrendered_config", out var then)) return null;
        if (then.ValueKind != JsonValueKind.Object || (written.Count > 0 && !then.EnumerateObject().Any())) return null;
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, JsonValues.Options))
        {
            json.WriteStartObject();
            NodeJson.WriteWritten(json, resource);
            json.WriteEndObject();
        }
        using var document = JsonDocument.Parse(buffer.WrittenMemory);
        return new WrittenConfig(resource, document.RootElement.GetProperty("unrendered_config").Clone(), then);
    }

    /// <summary>Whether a key is written as it was. Where other tools kept the value that a template gave, that is compared.</summary>
    public bool IsSame(string key)
    {
        var (isNow, wasThen) = (_now.TryGetProperty(key, out var now), _then.TryGetProperty(key, out var then));
        if (!isNow || !wasThen) return isNow == wasThen;
        if (JsonElement.DeepEquals(now, then)) return true;
        if (now.ValueKind != JsonValueKind.String || !Template.HasMarks(now.GetString()!)) return false;
        return MergedConfig.TryGet(_resource, key, out var value) && JsonTree.Value(then) is { } was && Equals(value, was);
    }
}
