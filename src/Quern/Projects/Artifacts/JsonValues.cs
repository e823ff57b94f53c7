using System.Numerics;
using System.Text.Encodings.Web;
using System.Text.Json;
using Quern.Jinja.Values;

namespace Quern.Projects.Artifacts;

/// <summary>Values of templates and configuration as JSON of artifacts. What JSON has no form for (dates, objects of templates) is
/// written as the text it prints; numbers that are not finite are null.</summary>
static class JsonValues
{
    /// <summary>No blanks, and only what JSON must escape is escaped.</summary>
    public static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    /// <summary>Writes a value.</summary>
    public static void Write(Utf8JsonWriter json, object? value)
    {
        switch (value)
        {
            case null or Undefined:
                json.WriteNullValue();
                break;
            case string text:
                json.WriteStringValue(text);
                break;
            case bool flag:
                json.WriteBooleanValue(flag);
                break;
            case long whole:
                json.WriteNumberValue(whole);
                break;
            case BigInteger or decimal:
                json.WriteRawValue(PythonText.Of(value));
                break;
            case double real when double.IsFinite(real):
                json.WriteRawValue(PythonText.Real(real));
                break;
            case double:
                json.WriteNullValue();
                break;
            case Dict dict:
                json.WriteStartObject();
                foreach (var (key, item) in dict)
                {
                    json.WritePropertyName(PythonText.Of(key));
                    Write(json, item);
                }
                json.WriteEndObject();
                break;
            case List<object?> list:
                Write(json, (IEnumerable<object?>)list);
                break;
            case TupleValue tuple:
                Write(json, (IEnumerable<object?>)tuple);
                break;
            default:
                json.WriteStringValue(PythonText.Of(value));
                break;
        }
    }

    /// <summary>Writes a property.</summary>
    public static void Write(Utf8JsonWriter json, string name, object? value)
    {
        json.WritePropertyName(name);
        Write(json, value);
    }

    /// <summary>Writes a list.</summary>
    public static void Write(Utf8JsonWriter json, IEnumerable<object?> items)
    {
        json.WriteStartArray();
        foreach (var item in items) Write(json, item);
        json.WriteEndArray();
    }

    /// <summary>Writes a property that is a list of texts.</summary>
    public static void WriteTexts(Utf8JsonWriter json, string name, IEnumerable<string> texts)
    {
        json.WriteStartArray(name);
        foreach (var text in texts) json.WriteStringValue(text);
        json.WriteEndArray();
    }
}
