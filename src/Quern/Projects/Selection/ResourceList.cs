using System.Buffers;
using System.Text;
using System.Text.Json;
using Quern.Jinja.Values;
using Quern.Projects.Artifacts;
using Quern.Projects.Nodes;

namespace Quern.Projects.Selection;

/// <summary>The lines that <c>ls</c> prints.</summary>
public static class ResourceList
{
    static readonly string[] UsualKeys =
        ["alias", "name", "package_name", "depends_on", "tags", "config", "resource_type", "source_name", "original_file_path", "unique_id"];

    /// <summary>A line for each resource, in the order of their ids.</summary>
    /// <param name="project">The project.</param>
    /// <param name="resources">What to list.</param>
    /// <param name="form">What of each.</param>
    /// <param name="keys">Fields of JSON, one or more in each text; null for the usual ones. Names that are not there are passed
    /// over.</param>
    public static IEnumerable<string> Lines(
        LoadedProject project, IEnumerable<Resource> resources, ListForm form, IReadOnlyList<string>? keys = null) =>
        Lines(resources, form, keys, () => ArtifactFacts.Of(project));

    internal static IEnumerable<string> Lines(
        IEnumerable<Resource> resources, ListForm form, IReadOnlyList<string>? keys, Func<ManifestFacts> facts)
    {
        ArgumentNullException.ThrowIfNull(resources);
        var line = form switch
        {
            ListForm.Selector => (Func<Resource, string>)Selector,
            ListForm.Name => Name,
            ListForm.Path => r => r.File,
            _ => Json(keys, facts()),
        };
        return resources.OrderBy(r => r.Id, StringComparer.Ordinal).Select(line);
    }

    static string Selector(Resource resource) => resource switch
    {
        SourceTable source => $"source:{source.Package}.{source.Source}.{source.Name}",
        Exposure => $"exposure:{resource.Package}.{resource.Name}",
        UnitTest => $"unit_test:{resource.Package}.{resource.Name}",
        _ => string.Join('.', resource.Path),
    };

    static string Name(Resource resource) => resource switch
    {
        SourceTable source => $"{source.Source}.{source.Name}",
        Node { Version: { } version } => $"{resource.Name}.v{PythonText.Of(version)}",
        _ => resource.Name,
    };

    static Func<Resource, string> Json(IReadOnlyList<string>? keys, ManifestFacts facts)
    {
        var wanted = keys is { Count: > 0 } ? keys.SelectMany(k => k.Split(' ', StringSplitOptions.RemoveEmptyEntries)).ToArray() : UsualKeys;
        return resource =>
        {
            var buffer = new ArrayBufferWriter<byte>();
            using (var json = new Utf8JsonWriter(buffer, JsonValues.Options)) ResourceJson.Write(json, resource, facts);
            using var document = JsonDocument.Parse(buffer.WrittenMemory);
            var line = new StringBuilder("{");
            foreach (var property in document.RootElement.EnumerateObject().Where(p => wanted.Contains(p.Name)))
            {
                if (line.Length > 1) line.Append(", ");
                line.Append(JsonText.Write(property.Name, sortKeys: false)).Append(": ")
                    .Append(JsonText.Write(JsonTree.Value(property.Value), sortKeys: false));
            }
            return line.Append('}').ToString();
        };
    }
}
