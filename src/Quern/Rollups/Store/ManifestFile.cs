using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Quern.Files;

namespace Quern.Rollups.Store;

/// <summary>manifest.json of a store. Its last member is the checksum of all bytes before that member.</summary>
static class ManifestFile
{
    static readonly JsonSerializerOptions Readable = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Writes a manifest.</summary>
    /// <exception cref="QuernException">QN8001 to QN8009: the file cannot be written.</exception>
    public static void Write(string path, StoreManifest manifest)
    {
        var json = Encoding.UTF8.GetBytes(ManifestJson.Write(manifest).ToJsonString(Readable)[..^"\n}".Length]);
        try
        {
            File.WriteAllBytes(path, [.. json, .. Ending(json)]);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw OutputFaults.Unwritable(e, path);
        }
    }

    /// <summary>Reads the manifest of a store.</summary>
    /// <param name="folder">Where it is.</param>
    /// <param name="name">How messages name the folder.</param>
    /// <exception cref="QuernException">QN7501 there is none; QN7502 it is damaged; QN7503 it has another format; QN2004, QN2009 it cannot be
    /// read.</exception>
    public static StoreManifest Read(string folder, string name)
    {
        var path = Path.Combine(name, StoreLayout.Manifest);
        var bytes = Bytes(Path.Combine(folder, StoreLayout.Manifest), path, name);
        try
        {
            var json = JsonNode.Parse(bytes) ?? throw new FormatException("it is null");
            if (Format(json) is { } format && format != StoreLayout.Format) throw StoreFaults.OtherVersion(path, format);
            if (!IsWhole(bytes)) throw StoreFaults.BadManifest(path, "its checksum does not hold: somebody has changed it");
            return ManifestJson.Read(json);
        }
        catch (Exception e) when (IsOfContent(e))
        {
            throw StoreFaults.BadManifest(path, e.Message);
        }
    }

    static bool IsOfContent(Exception e) =>
        e is JsonException or FormatException or InvalidOperationException or ArgumentException or OverflowException;

    static byte[] Bytes(string path, string shown, string folder)
    {
        try
        {
            return File.ReadAllBytes(path);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            throw StoreFaults.NoStore(folder);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw FileStat.TryRead(path) is null ? StoreFaults.NoStore(folder) : InputFaults.FromException(e, shown);
        }
    }

    static long? Format(JsonNode json) =>
        (json as JsonObject)?["format"] is JsonValue value && value.TryGetValue(out long format) ? format : null;

    static bool IsWhole(ReadOnlySpan<byte> bytes)
    {
        var length = bytes.Length - Ending([]).Length;
        return length > 0 && bytes[length..].SequenceEqual(Ending(bytes[..length]));
    }

    static byte[] Ending(ReadOnlySpan<byte> json) =>
        Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $",\n  \"checksum\": \"{Checksum.Of(json):x16}\"\n}}\n"));
}
