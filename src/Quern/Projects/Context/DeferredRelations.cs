using System.Text.Json;
using Quern.Projects.Artifacts;
using Quern.Projects.Nodes;

namespace Quern.Projects.Context;

/// <summary>Where models, seeds and snapshots lie that another run made: what refs mean, with <c>--defer</c>, where this one has nothing.</summary>
public sealed class DeferredRelations
{
    readonly Dictionary<string, Relation> _relations;
    readonly bool _isFavored;

    DeferredRelations(Dictionary<string, Relation> relations, bool isFavored) => (_relations, _isFavored) = (relations, isFavored);

    /// <summary>Reads the manifest of another run.</summary>
    /// <param name="folder">Absolute folder of its artifacts.</param>
    /// <param name="isFavored">Whether it wins for all that is not selected now.</param>
    /// <param name="option">What asks for it, as errors name it.</param>
    /// <exception cref="QuernException">QN7154: it is not there. QN7159: it cannot be read.</exception>
    public static DeferredRelations Read(string? folder, bool isFavored = false, string option = "--defer")
    {
        var root = folder is null ? null : ArtifactFile.Read(Path.Combine(folder, ArtifactFile.Manifest), "manifest");
        if (root is not { } manifest)
        {
            throw new QuernException(new Fault("QN7154", "the relations of another run are not known without its manifest")
            {
                Where = folder is null ? option : Path.Combine(folder, ArtifactFile.Manifest),
                Try = ["--state FOLDER with its manifest.json", .. option == "--defer" ? ["--no-defer"] : Array.Empty<string>()],
                ExitCode = ExitCode.Usage,
            });
        }
        var relations = new Dictionary<string, Relation>(StringComparer.Ordinal);
        if (manifest.TryGetProperty("nodes", out var nodes) && nodes.ValueKind == JsonValueKind.Object)
        {
            foreach (var node in nodes.EnumerateObject())
            {
                if (Text(node.Value, "resource_type") is not ("model" or "seed" or "snapshot") || Text(node.Value, "relation_name") is null) continue;
                if (Text(node.Value, "alias") is { } alias)
                    relations[node.Name] = new Relation(Text(node.Value, "database"), Text(node.Value, "schema"), alias);
            }
        }
        return new DeferredRelations(relations, isFavored);
    }

    /// <summary>The relation of a node in the other run; null when it had none.</summary>
    public Relation? Find(string id) => _relations.GetValueOrDefault(id);

    /// <summary>What a ref means: the other run's relation where this one has none, or where it is favoured; null for this one's.</summary>
    internal Relation? Of(Node node, NodeScope scope)
    {
        if (node.IsEphemeral || Find(node.Id) is not { } other) return null;
        if (_isFavored && !scope.Templates.Selected.Contains(node.Id)) return other;
        return scope.Session.Warehouse.Find(node.Database, node.Schema, node.Alias.Length == 0 ? node.Name : node.Alias) is null ? other : null;
    }

    static string? Text(JsonElement of, string property) =>
        of.TryGetProperty(property, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
