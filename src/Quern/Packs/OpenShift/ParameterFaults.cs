using System.Text.Json;

namespace Quern.Packs.OpenShift;

/// <summary>The faults of single parameters, QN1121 to QN1127; all of them end with exit code 2.</summary>
static class ParameterFaults
{
    /// <summary>Letters of a value that a message shows.</summary>
    const int Shown = 80;

    /// <summary>A value of another type.</summary>
    /// <param name="wanted">What it should be.</param>
    /// <param name="where">The option or field.</param>
    /// <param name="value">The value as it was written.</param>
    /// <param name="example">A value that would do.</param>
    public static QuernException Type(string wanted, string where, string value, string example) =>
        Make("QN1123", $"{wanted} is wanted", where, value, $"{example}     for example");

    /// <summary>A value of JSON of another type.</summary>
    public static QuernException Type(string wanted, string where, JsonElement value, string example) =>
        Type(wanted, where, OneLine(value.GetRawText()), example);

    /// <summary>A field that no parameter has.</summary>
    public static QuernException Unknown(string where, string field, IEnumerable<string> known)
    {
        var nearest = NearestName.Of(field, known);
        return Make("QN1121", "this field is not known", where, $"\"{field}\"",
            nearest is null ? $"known fields: {string.Join(", ", known)}" : $"\"{nearest}\", the nearest known field");
    }

    /// <summary>A field that comes twice.</summary>
    public static QuernException Twice(string where, string field) =>
        Make("QN1122", "a field comes twice", where, $"\"{field}\"", "remove one of the two");

    /// <summary>A field that is not there.</summary>
    public static QuernException Missing(string where, string field) =>
        Make("QN1124", $"\"{field}\" is missing", where, null, $"\"{field}\": \"...\"     an empty text is one, too");

    /// <summary>A text that no database takes.</summary>
    public static QuernException Nul(string where, JsonElement value) =>
        Make("QN1127", "a text holds a NUL character", where, OneLine(value.GetRawText()),
            "remove \\u0000 from it: databases do not take it");

    static QuernException Make(string code, string what, string where, string? value, string tries) =>
        new(new Fault(code, what) { Where = where, Value = value, Try = [tries], ExitCode = ExitCode.Usage });

    static string OneLine(string json)
    {
        var line = string.Join(' ', json.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        return line.Length <= Shown ? line : line[..Shown] + "...";
    }
}
