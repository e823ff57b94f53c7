using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Quern.Models.Profiling;
using Quern.Models.Results;

namespace Quern.Cli.Reporting;

/// <summary>Profiles of nodes as JSON: seconds, bytes, rows, shares from 0 to 1.</summary>
static class ProfileJson
{
    static readonly JsonWriterOptions Layout = new() { Indented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The document.</summary>
    public static string Of(IEnumerable<(NodeResult Result, NodeProfile Profile)> profiles)
    {
        var buffer = new ArrayBufferWriter<byte>(4096);
        using (var json = new Utf8JsonWriter(buffer, Layout))
        {
            json.WriteStartObject();
            json.WriteStartArray("nodes"u8);
            foreach (var (result, profile) in profiles) Write(json, result, profile);
            json.WriteEndArray();
            json.WriteEndObject();
        }
        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    static void Write(Utf8JsonWriter json, NodeResult result, NodeProfile profile)
    {
        json.WriteStartObject();
        json.WriteString("id"u8, result.Node.Id);
        json.WriteNumber("seconds"u8, profile.Latency.TotalSeconds);
        json.WriteNumber("cpu_seconds"u8, profile.Cpu.TotalSeconds);
        json.WriteNumber("spilled_bytes"u8, profile.SpilledBytes);
        json.WriteStartArray("operators"u8);
        foreach (var it in profile.Operators)
        {
            json.WriteStartObject();
            json.WriteString("name"u8, it.Name);
            json.WriteNumber("depth"u8, it.Depth);
            json.WriteNumber("seconds"u8, it.Time.TotalSeconds);
            json.WriteNumber("share"u8, it.Share);
            json.WriteNumber("rows_in"u8, it.RowsIn);
            json.WriteNumber("rows"u8, it.Rows);
            if (it.EstimatedRows is { } estimated) json.WriteNumber("estimated_rows"u8, estimated);
            json.WriteString("about"u8, it.About);
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteStartArray("hints"u8);
        foreach (var hint in profile.Hints)
        {
            json.WriteStartObject();
            json.WriteString("id"u8, hint.Id);
            json.WriteString("what"u8, hint.What);
            json.WriteString("evidence"u8, hint.Evidence);
            json.WriteString("try"u8, hint.Try);
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteEndObject();
    }
}
