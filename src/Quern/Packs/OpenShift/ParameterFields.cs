using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Unicode;

namespace Quern.Packs.OpenShift;

/// <summary>Reads JSON objects with known fields; a field that is not known is an error with its line and the nearest known name.</summary>
/// <param name="name">How errors call the file.</param>
/// <param name="json">UTF-8 text.</param>
sealed class ParameterFields(string name, byte[] json)
{
    /// <summary>Reads the root object.</summary>
    /// <param name="fields">What to do with the value of each known field.</param>
    /// <exception cref="QuernException">QN1120 no JSON; QN1121 a field is not known; QN1122 a field comes twice; QN1123 a
    /// value has another type; QN1124 a field is missing; QN1127 a text that cannot be stored.</exception>
    public void ReadObject(IReadOnlyDictionary<string, Action<JsonElement, string>> fields)
    {
        Parse(name, json, () =>
        {
            var options = new JsonReaderOptions { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true };
            var reader = new Utf8JsonReader(json, options);
            reader.Read();
            if (reader.TokenType != JsonTokenType.StartObject)
                throw ParameterFaults.Type("a JSON object", Place(0), "another value", "{\"start_date\": \"2025-10-01\"}");
            var seen = new HashSet<string>(StringComparer.Ordinal);
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                var field = reader.GetString()!;
                var place = Place(reader.TokenStartIndex);
                if (!seen.Add(field)) throw ParameterFaults.Twice(place, field);
                if (!fields.TryGetValue(field, out var take)) throw ParameterFaults.Unknown(place, field, fields.Keys);
                reader.Read();
                using var value = JsonDocument.ParseValue(ref reader);
                take(value.RootElement, $"{place}, \"{field}\"");
            }
            if (reader.Read()) throw new JsonException("there is more after the object");
        });
    }

    /// <summary>Does what reads JSON, and says where it is none.</summary>
    /// <param name="name">How errors call the file.</param>
    /// <param name="json">The text.</param>
    /// <param name="read">The work.</param>
    /// <exception cref="QuernException">QN1120.</exception>
    public static void Parse(string name, byte[] json, Action read)
    {
        if (!json.AsSpan().ContainsAnyExcept(" \t\r\n"u8)) throw NoJson(name, "it is empty", "write {} and its fields into it");
        if (!Utf8.IsValid(json)) throw NoJson(name, "it is not UTF-8", "save it as UTF-8");
        try
        {
            read();
        }
        catch (JsonException e)
        {
            var where = e.LineNumber is { } n
                ? string.Create(CultureInfo.InvariantCulture, $"{name} line {n + 1}, column {e.BytePositionInLine + 1}")
                : name;
            throw NoJson(where, Sentence(e.Message), "look for a comma, quote or bracket that is missing, or one too many", e);
        }
        catch (InvalidOperationException e)
        {
            throw NoJson(name, "a text holds half a character, such as \"\\ud83d\" without its other half", "write the character itself", e);
        }
    }

    static QuernException NoJson(string where, string reason, string hint, Exception? cause = null) =>
        new(new Fault("QN1120", "the file is no JSON")
        {
            Where = where,
            Value = reason,
            Try = [hint],
            ExitCode = ExitCode.Usage,
        }, cause);

    /// <summary>Reads a list of objects with known fields, all of which must be there.</summary>
    public static List<T> List<T>(JsonElement value, string where, string[] fields, Func<Func<string, JsonElement>, T> make)
    {
        if (value.ValueKind != JsonValueKind.Array) throw ParameterFaults.Type("a list of objects", where, value, Example(fields));
        var items = new List<T>();
        foreach (var item in value.EnumerateArray())
        {
            var at = string.Create(CultureInfo.InvariantCulture, $"{where}, entry {items.Count + 1}");
            if (item.ValueKind != JsonValueKind.Object) throw ParameterFaults.Type("an object", at, item, Example(fields));
            CheckUnique(item, at);
            foreach (var field in item.EnumerateObject())
            {
                if (!fields.Contains(field.Name)) throw ParameterFaults.Unknown(at, field.Name, fields);
            }
            items.Add(make(f => item.TryGetProperty(f, out var v) ? v : throw ParameterFaults.Missing(at, f)));
        }
        return items;
    }

    /// <summary>Refuses an object with two fields of one name: the later would win without a word.</summary>
    public static void CheckUnique(JsonElement value, string where)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var field in value.EnumerateObject())
        {
            if (!seen.Add(field.Name)) throw ParameterFaults.Twice(where, field.Name);
        }
    }

    /// <summary>A text.</summary>
    public static string Text(JsonElement value, string where)
    {
        if (value.ValueKind != JsonValueKind.String) throw ParameterFaults.Type("a text", where, value, "\"text\"");
        var text = value.GetString()!;
        return text.Contains('\0', StringComparison.Ordinal) ? throw ParameterFaults.Nul(where, value) : text;
    }

    /// <summary>A whole number.</summary>
    public static int Whole(JsonElement value, string where) => value.ValueKind == JsonValueKind.Number
        ? ParameterValue.Whole(value.GetRawText(), where)
        : throw ParameterFaults.Type("a whole number", where, value, "1");

    static string Example(string[] fields) => $"[{{{string.Join(", ", fields.Select(f => $"\"{f}\": ..."))}}}]";

    string Place(long at)
    {
        var before = json.AsSpan(0, (int)at);
        var line = before.Count((byte)'\n') + 1;
        var column = Encoding.UTF8.GetCharCount(before[(before.LastIndexOf((byte)'\n') + 1)..]) + 1;
        return string.Create(CultureInfo.InvariantCulture, $"{name} line {line}, column {column}");
    }

    static string Sentence(string message)
    {
        var end = message.IndexOf(" LineNumber:", StringComparison.Ordinal);
        return (end < 0 ? message : message[..end]).TrimEnd('.');
    }
}
