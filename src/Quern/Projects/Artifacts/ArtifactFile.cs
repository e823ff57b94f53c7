using System.Text.Json;
using Quern.Files;

namespace Quern.Projects.Artifacts;

/// <summary>Reads artifacts of earlier runs, Quern's or dbt's.</summary>
static class ArtifactFile
{
    public const string Manifest = "manifest.json";

    public const string RunResults = "run_results.json";

    /// <summary>The document; null when there is no such file.</summary>
    /// <param name="path">Absolute path.</param>
    /// <param name="schema">What its schema is called: <c>manifest</c>, <c>run-results</c>.</param>
    /// <exception cref="QuernException">QN7159: it is no such artifact, or cannot be read.</exception>
    public static JsonElement? Read(string path, string schema)
    {
        if (!File.Exists(path)) return null;
        try
        {
            using var stream = File.OpenRead(path);
            using var document = JsonDocument.Parse(stream, new JsonDocumentOptions { MaxDepth = 256 });
            var root = document.RootElement;
            return IsOf(root, schema) ? root.Clone() : throw Bad(path, $"metadata.dbt_schema_version with /{schema}/ in it", null);
        }
        catch (JsonException e)
        {
            throw Bad(path, "JSON that ends where it should", e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw Bad(path, "a file that can be read", e);
        }
    }

    /// <summary>Replaces a file by a JSON document that shows no secret; its folder is made.</summary>
    /// <param name="path">Absolute path.</param>
    /// <param name="write">Writes the document.</param>
    /// <param name="secrets">What must not be shown.</param>
    /// <param name="isName">Whether a text is an id by which others find things again.</param>
    /// <returns>Its size in bytes.</returns>
    /// <exception cref="QuernException">QN80xx: it cannot be written.</exception>
    public static long Write(string path, Action<Stream> write, Secrets secrets, Func<string, bool> isName)
    {
        ArtifactFolder.Make(Path.GetDirectoryName(path)!);
        if (secrets.IsEmpty) return AtomicFile.Write(path, write);
        using var document = new MemoryStream();
        write(document);
        var hidden = SecretJson.Hide(document.GetBuffer().AsMemory(0, (int)document.Length), secrets, isName);
        return AtomicFile.Write(path, stream => stream.Write(hidden.Span));
    }

    static bool IsOf(JsonElement root, string schema) =>
        root.ValueKind == JsonValueKind.Object
        && root.TryGetProperty("metadata", out var metadata) && metadata.ValueKind == JsonValueKind.Object
        && metadata.TryGetProperty("dbt_schema_version", out var version) && version.ValueKind == JsonValueKind.String
        && version.GetString()!.Contains($"/{schema}/", StringComparison.Ordinal);

    static QuernException Bad(string path, string wanted, Exception? cause) => new(
        new Fault("QN7159", "the file is no artifact of an earlier run")
        {
            Where = path,
            Wanted = wanted,
            Try = ["remove it, or write it again: quern build"],
            ExitCode = ExitCode.Usage,
        },
        cause);
}
