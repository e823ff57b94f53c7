using Quern.Jinja.Values;
using Quern.Projects.Nodes;
using Quern.Projects.Reading;

namespace Quern.Projects.Artifacts;

/// <summary>A resource's configuration with the keys that every resource of its kind has, also where nobody has set them.</summary>
static class MergedConfig
{
    static readonly Dict[] Defaults = Array.ConvertAll(ResourceKinds.All, ConfigDefaults.Of);

    /// <summary>Reads a key, its default where the project does not set it. <c>post_hook</c> and <c>post-hook</c> are one key.</summary>
    public static bool TryGet(Resource resource, string key, out object? value)
    {
        var other = key.EndsWith("hook", StringComparison.Ordinal) ? key.Replace('_', '-') : key;
        var values = resource.Config.Values;
        return values.TryGetValue(key, out value) || values.TryGetValue(other, out value)
            || Defaults[(int)resource.Kind].TryGetValue(other, out value);
    }

    /// <summary>All keys: those of the kind first, in the order of the public manifest schema, then what the project sets beside
    /// them.</summary>
    public static IEnumerable<KeyValuePair<string, object?>> All(Resource resource)
    {
        var (values, defaults) = (resource.Config.Values, Defaults[(int)resource.Kind]);
        foreach (var (key, usual) in defaults) yield return new((string)key!, values.TryGetValue(key, out var set) ? set : usual);
        foreach (var (key, value) in values)
        {
            if (key is string name && !defaults.ContainsKey(name)) yield return new(name, value);
        }
    }
}
