using System.Security.Cryptography;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Quern.Delivery.Sqlite.Parts;

namespace Quern.Delivery.S3;

/// <summary>Which objects a table consists of.</summary>
/// <param name="Bytes">The manifest as it is sent.</param>
/// <param name="Names">Names of the objects, behind the prefix.</param>
/// <param name="New">Those that are sent, and the files that they are made of.</param>
sealed record S3Manifest(byte[] Bytes, IReadOnlySet<string> Names, IReadOnlyList<(string Name, string File)> New)
{
    /// <summary>Name of the object that holds it, behind the prefix.</summary>
    public const string FileName = PartsManifest.FileName;

    const int HashDigits = 12;

    static readonly JsonSerializerOptions Spelling = new()
    {
        WriteIndented = true,
        NewLine = "\n",
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>Reads what is there; null is nothing.</summary>
    /// <exception cref="QuernException">QN8226: it is something else.</exception>
    public static S3Manifest Parse(byte[]? bytes, string name)
    {
        if (bytes is null) return new S3Manifest([], new HashSet<string>(), []);
        try
        {
            var names = JsonNode.Parse(bytes)!["files"]!.AsArray().Select(f => f!["name"]!.GetValue<string>());
            return new S3Manifest(bytes, names.ToHashSet(StringComparer.Ordinal), []);
        }
        catch (Exception e) when (e is JsonException or NullReferenceException or InvalidOperationException)
        {
            throw S3Faults.NoManifest(name, e);
        }
    }

    /// <summary>The manifest of a folder, with what stays of the one before.</summary>
    /// <param name="folder">Absolute path of the folder; a manifest in it is taken over.</param>
    /// <param name="before">What is there.</param>
    /// <param name="scope">The days whose partitions are replaced; null when all is.</param>
    /// <param name="run">What tells the objects of this run from those of others that have the same bytes.</param>
    public static S3Manifest Of(string folder, S3Manifest before, Scope? scope, string run)
    {
        var own = Path.Combine(folder, FileName);
        var root = File.Exists(own) ? JsonNode.Parse(File.ReadAllBytes(own))!.AsObject() : new JsonObject { ["version"] = 1 };
        var listed = root["files"]?.AsArray().ToDictionary(f => f!["name"]!.GetValue<string>(), f => f!.AsObject()) ?? [];
        var sent = new List<(string Name, string File)>();
        var files = new JsonArray();
        foreach (var kept in Kept(before, scope)) files.Add(kept);
        foreach (var path in Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal))
        {
            if (path == own) continue;
            var relative = Path.GetRelativePath(folder, path);
            var hash = Hash(path);
            var stem = Path.ChangeExtension(relative, null) + $"-{hash[..HashDigits]}";
            // The same bytes that are there already stay where they are.
            var name = before.Names.FirstOrDefault(n => n.StartsWith(stem, StringComparison.Ordinal) && n.LastIndexOf('/') < stem.Length)
                ?? $"{stem}-{run}{Path.GetExtension(relative)}";
            sent.Add((name, path));
            var entry = listed.TryGetValue(relative, out var found) ? found.DeepClone().AsObject() : [];
            entry["name"] = name;
            entry["bytes"] = new FileInfo(path).Length;
            entry["sha256"] = hash;
            files.Add(entry);
        }
        root["files"] = files;
        var names = files.Select(f => f!["name"]!.GetValue<string>()).ToHashSet(StringComparer.Ordinal);
        return new S3Manifest([.. JsonSerializer.SerializeToUtf8Bytes(root, Spelling), (byte)'\n'], names, sent);
    }

    /// <summary>Entries of partitions that are not replaced.</summary>
    static IEnumerable<JsonNode> Kept(S3Manifest before, Scope? scope)
    {
        if (scope is null || before.Bytes.Length == 0) yield break;
        var replaced = scope.Days.Select(d => scope.Partition(d)).ToHashSet(StringComparer.Ordinal);
        foreach (var entry in JsonNode.Parse(before.Bytes)!["files"]!.AsArray())
        {
            var name = entry!["name"]!.GetValue<string>();
            if (!replaced.Contains(name[..Math.Max(0, name.LastIndexOf('/'))])) yield return entry.DeepClone();
        }
    }

    static string Hash(string path)
    {
        using var stream = File.OpenRead(path);
        return Convert.ToHexStringLower(SHA256.HashData(stream));
    }
}
