using System.Globalization;
using System.Text.RegularExpressions;

namespace Quern.Projects.Nodes;

/// <summary>Where a configuration stands, for errors.</summary>
static class ConfigPlace
{
    /// <summary><c>models/orders.sql:2:5</c> when the node's own text sets the key; else the YAML file that describes the node, or its file.</summary>
    public static string Of(Node node, string key)
    {
        var code = node.RawCode;
        var found = Regex.Match(code, $@"\b{Regex.Escape(key)}\b['""]?\s*[=:]", RegexOptions.CultureInvariant);
        if (!found.Success) return node.PatchFile ?? node.File;
        var before = code.AsSpan(0, found.Index);
        var line = node.Line + before.Count('\n');
        return string.Create(CultureInfo.InvariantCulture, $"{node.File}:{line}:{found.Index - before.LastIndexOf('\n')}");
    }
}
