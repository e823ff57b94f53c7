using System.Globalization;
using System.Text.Json;
using Quern.Duck.Native;

namespace Quern.Duck;

/// <summary>Turns DuckDB's messages into faults.</summary>
/// <remarks>
/// Sessions ask for errors as JSON: type, message and, for errors in SQL, the position in the text. (As plain text
/// DuckDB draws the caret itself, but at a wrong place, or not at all, in any statement after the first.) What comes
/// before a session is there or from an appender is plain: "Binder Error: ...". A message is one line that says what,
/// then perhaps lines of advice.
/// </remarks>
static class DuckError
{
    const string Mark = " Error: ";
    const string Json = "{\"exception_type\"";

    /// <summary>A fault from a message as DuckDB gives it.</summary>
    /// <param name="message">JSON, perhaps behind a few words, or plain.</param>
    /// <param name="sql">The text that was run, to show the place; null when there is none.</param>
    public static QuernException From(string message, string? sql = null)
    {
        var start = message.IndexOf(Json, StringComparison.Ordinal);
        if (start >= 0 && Parse(message[start..], sql) is { } parsed) return parsed;
        var end = message.IndexOf(Mark, StringComparison.Ordinal);
        return Build(end < 0 ? DuckErrorKind.Invalid : DuckErrorTable.KindOf(message[..end]), message, null);
    }

    /// <summary>A fault from a message whose kind is known if it is plain.</summary>
    public static QuernException From(DuckErrorKind kind, string message) =>
        message.Contains(Json, StringComparison.Ordinal) ? From(message) : Build(kind, message, null);

    static QuernException? Parse(string json, string? sql)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            var type = Text(document, "exception_type") ?? "";
            SqlPlace? place = null;
            if (sql is not null && int.TryParse(Text(document, "position"), CultureInfo.InvariantCulture, out var bytes))
                place = SqlPlace.Find(sql, bytes);
            return Build(DuckErrorTable.KindOf(type), $"{type}{Mark}{Text(document, "exception_message")}", place);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    static string? Text(JsonDocument document, string name) =>
        document.RootElement.TryGetProperty(name, out var value) ? value.GetString() : null;

    static QuernException Build(DuckErrorKind kind, string message, SqlPlace? place)
    {
        var cause = CallbackFaults.Find(message);
        if (cause is QuernException ours) return ours;
        var lines = CallbackFaults.Clean(message).TrimEnd().Split('\n');
        var advice = lines.Skip(1).Select(line => line.Trim().TrimStart('*').Trim()).Where(line => line.Length > 0);
        var fault = new DuckFault(DuckErrorTable.CodeOf(kind), lines[0].TrimEnd(), kind)
        {
            Where = place?.ToString(),
            Place = place,
            Try = [.. advice],
            ExitCode = kind == DuckErrorKind.OutOfMemory ? ExitCode.MemoryLimit : ExitCode.Failed,
        };
        return new QuernException(fault, cause);
    }
}
