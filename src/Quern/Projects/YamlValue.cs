using System.Globalization;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Quern.Projects;

/// <summary>The value a YAML node stands for, by the core schema of YAML 1.2 (section 10.3.2) without its octal, hexadecimal,
/// infinite and NaN spellings, which stay text.</summary>
static class YamlValue
{
    /// <summary>Text, long, double, bool, null, a list or a dictionary of these.</summary>
    public static object? Of(YamlNode node) => node switch
    {
        YamlSequenceNode list => list.Select(Of).ToList(),
        YamlMappingNode map => Of(map),
        YamlScalarNode { Style: ScalarStyle.Plain } plain => Plain(plain.Value ?? ""),
        YamlScalarNode text => text.Value,
        _ => null,
    };

    /// <summary>The values by their keys; a key is text, whatever it looks like.</summary>
    public static Dictionary<string, object?> Of(YamlMappingNode map) => map.Children.ToDictionary(c => c.Key.ToString(), c => Of(c.Value));

    static object? Plain(string text) => text switch
    {
        "" or "~" or "null" or "Null" or "NULL" => null,
        "true" or "True" or "TRUE" => true,
        "false" or "False" or "FALSE" => false,
        _ when long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var whole) => whole,
        _ when char.IsAsciiDigit(text[^1]) && double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var real) => real,
        _ => text,
    };
}
