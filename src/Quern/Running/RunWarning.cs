using System.Text.Json;

namespace Quern.Running;

/// <summary>Something a user should know that did not stop the run.</summary>
/// <param name="Code">Stable code as for a <see cref="Fault"/>.</param>
/// <param name="Message">One sentence without a full stop, the same for each occurrence.</param>
/// <param name="Count">How often it happened.</param>
public sealed record RunWarning(string Code, string Message, long Count)
{
    /// <summary>Writes the JSON form, whose fields are public API.</summary>
    internal void Write(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteString("code"u8, Code);
        json.WriteString("message"u8, Message);
        json.WriteNumber("count"u8, Count);
        json.WriteEndObject();
    }
}
