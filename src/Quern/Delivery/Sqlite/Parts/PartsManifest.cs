using System.Text.Encodings.Web;
using System.Text.Json;

namespace Quern.Delivery.Sqlite.Parts;

/// <summary>What a folder of parts holds: the same rows give the same bytes.</summary>
/// <param name="Table">The table.</param>
/// <param name="Files">Its files, in the order of the rows.</param>
sealed record PartsManifest(SqliteTable Table, IReadOnlyList<PartFile> Files)
{
    /// <summary>Its name in the folder.</summary>
    public const string FileName = "manifest.json";

    /// <summary>Version of its fields.</summary>
    const int Version = 1;

    /// <summary>Rows of all files.</summary>
    public long Rows => Files.Sum(f => f.Rows);

    /// <summary>The manifest as it is written.</summary>
    public byte[] ToJson()
    {
        var options = new JsonWriterOptions { Indented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
        using var bytes = new MemoryStream();
        using (var to = new Utf8JsonWriter(bytes, options)) Write(to);
        bytes.WriteByte((byte)'\n');
        return bytes.ToArray();
    }

    void Write(Utf8JsonWriter to)
    {
        to.WriteStartObject();
        to.WriteNumber("version", Version);
        to.WriteString("table", Table.Name);
        to.WriteStartArray("columns");
        for (var i = 0; i < Table.Rows.Count; i++)
        {
            to.WriteStartObject();
            to.WriteString("name", Table.Rows[i].Name);
            to.WriteString("type", Table.TypeOf(i));
            to.WriteString("source_type", Table.Rows[i].Type.ToString());
            to.WriteEndObject();
        }
        to.WriteEndArray();
        to.WriteNumber("rows", Rows);
        to.WriteStartArray("files");
        foreach (var file in Files) Write(to, file);
        to.WriteEndArray();
        to.WriteEndObject();
    }

    static void Write(Utf8JsonWriter to, PartFile file)
    {
        to.WriteStartObject();
        to.WriteString("name", file.Name);
        to.WriteNumber("rows", file.Rows);
        to.WriteNumber("bytes", file.Bytes);
        to.WriteString("sha256", file.Sha256);
        to.WriteStartObject("key");
        foreach (var (column, least, greatest) in file.Keys)
        {
            to.WriteStartObject(column);
            to.WriteString("min", least);
            to.WriteString("max", greatest);
            to.WriteEndObject();
        }
        to.WriteEndObject();
        to.WriteEndObject();
    }
}
