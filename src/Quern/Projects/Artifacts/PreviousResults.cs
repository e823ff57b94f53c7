using System.Text.Json;

namespace Quern.Projects.Artifacts;

/// <summary>What <c>run_results.json</c> says of an earlier run.</summary>
public sealed class PreviousResults
{
    readonly Dictionary<string, JsonElement> _args;

    PreviousResults(List<KeyValuePair<string, string>> statuses, Dictionary<string, JsonElement> args)
    {
        (Statuses, _args) = (statuses, args);
        Command = Text("which");
    }

    /// <summary>Ids and statuses (<c>success</c>, <c>error</c>, <c>fail</c>, <c>skipped</c>) in the order in which nodes ended.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Statuses { get; }

    /// <summary>The verb that ran; null when the file does not say.</summary>
    public string? Command { get; }

    /// <summary>Arguments of the earlier run by dbt's names, as JSON values.</summary>
    public IReadOnlyDictionary<string, JsonElement> Arguments => _args;

    /// <summary>Reads the file of a folder.</summary>
    /// <param name="folder">Absolute path of the folder of artifacts.</param>
    /// <returns>Null when it has none.</returns>
    /// <exception cref="QuernException">QN7159: it is no such file.</exception>
    public static PreviousResults? Read(string folder)
    {
        if (ArtifactFile.Read(Path.Combine(folder, ArtifactFile.RunResults), "run-results") is not { } root) return null;
        var statuses = new List<KeyValuePair<string, string>>();
        if (root.TryGetProperty("results", out var results) && results.ValueKind == JsonValueKind.Array)
        {
            foreach (var result in results.EnumerateArray())
            {
                if (Text(result, "unique_id") is { } id && Text(result, "status") is { } status) statuses.Add(new(id, status));
            }
        }
        var args = root.TryGetProperty("args", out var given) && given.ValueKind == JsonValueKind.Object
            ? given.EnumerateObject().ToDictionary(p => p.Name, p => p.Value, StringComparer.Ordinal)
            : [];
        return new PreviousResults(statuses, args);
    }

    /// <summary>An argument that is text; null when it is not there or is none.</summary>
    public string? Text(string argument) =>
        _args.TryGetValue(argument, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    static string? Text(JsonElement of, string property) =>
        of.ValueKind == JsonValueKind.Object && of.TryGetProperty(property, out var value) && value.ValueKind == JsonValueKind.String
            ? value.GetString()
            : null;
}
