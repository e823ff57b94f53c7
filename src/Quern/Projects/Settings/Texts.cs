using System.Globalization;
using System.Numerics;
using Quern.Jinja.Values;

namespace Quern.Projects.Settings;

/// <summary>Values of YAML files as the settings they are meant to be.</summary>
static class Texts
{
    /// <summary>A setting's value as text: <c>true</c>, <c>4</c>, <c>1.5</c>; null for none, a list or a dict.</summary>
    public static string? Of(object? value) => value switch
    {
        string text => text,
        bool flag => flag ? "true" : "false",
        long or BigInteger or double or decimal or DateOnly => Convert.ToString(value is DateOnly day ? day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) : value, CultureInfo.InvariantCulture),
        _ => null,
    };

    /// <summary>True or false, also as text (<c>"true"</c>, what a template printed); null for anything else.</summary>
    public static bool? Flag(object? value) => value switch
    {
        bool flag => flag,
        string text when text.Trim().Equals("true", StringComparison.OrdinalIgnoreCase) => true,
        string text when text.Trim().Equals("false", StringComparison.OrdinalIgnoreCase) => false,
        _ => null,
    };

    /// <summary>A whole number, also as text; null for anything else.</summary>
    public static long? Whole(object? value) => value switch
    {
        long whole => whole,
        string text when long.TryParse(text, CultureInfo.InvariantCulture, out var whole) => whole,
        _ => null,
    };

    /// <summary>One text or a list of texts; nulls and what is no text left out.</summary>
    public static List<string> Many(object? value) => value switch
    {
        string one => [one],
        List<object?> list => [.. list.Select(Of).OfType<string>()],
        TupleValue tuple => [.. tuple.Select(Of).OfType<string>()],
        _ => [],
    };
}
