using System.Text.RegularExpressions;
using Quern.Projects.Context;
using Quern.Projects.Nodes;

namespace Quern.Models.UnitTests;

/// <summary>An input of a unit test: <c>ref('orders')</c>, <c>source('files', 'rates')</c> or <c>this</c>.</summary>
/// <param name="Resource">What it stands for; null for <c>this</c>.</param>
/// <param name="Name">The name of its CTE.</param>
/// <param name="Rows">Its rows.</param>
sealed partial record GivenInput(Resource? Resource, string Name, Fixture Rows)
{
    /// <summary>Reads an input.</summary>
    /// <param name="rows">The rows, with the call as text.</param>
    /// <param name="test">The test.</param>
    /// <param name="links">Finds what is referred to.</param>
    /// <exception cref="QuernException">QN7290: it is none, or refers to nothing.</exception>
    public static GivenInput Read(Fixture rows, UnitTest test, Links links)
    {
        var text = rows.Input?.Trim() ?? "";
        if (text == "this") return new GivenInput(null, "this", rows);
        var match = Call().Match(text);
        if (!match.Success) throw Wrong(test, text);
        var names = match.Groups["name"].Captures.Select(c => c.Value).ToList();
        if (match.Groups["call"].Value == "source")
        {
            var source = names.Count == 2 ? links.Find(new SourceCall(names[0], names[1]), test.Package) : null;
            return source is null ? throw Wrong(test, text) : new GivenInput(source, $"{source.Source}__{source.Name}", rows);
        }
        var version = match.Groups["version"].Success ? match.Groups["version"].Value : null;
        var node = links.Find(new RefCall(names.Count == 2 ? names[0] : null, names[^1], VersionOf(version)), test.Package);
        return node is null ? throw Wrong(test, text) : new GivenInput(node, node.Name + (version is null ? "" : $"_v{version}"), rows);
    }

    static object? VersionOf(string? text) =>
        long.TryParse(text, System.Globalization.CultureInfo.InvariantCulture, out var number) ? number : text;

    static QuernException Wrong(UnitTest test, string text) =>
        new(new Fault("QN7290", $"the unit test {test.Name} has an input that is not there")
        {
            Where = test.File,
            Value = text,
            Wanted = "ref('model'), source('source', 'table') or this",
        });

    [GeneratedRegex(
        """^(?<call>ref|source)\(\s*(?:['"](?<name>[^'"]+)['"]\s*,?\s*){1,2}(?:(?:v|version)\s*=\s*['"]?(?<version>[^'")\s]+)['"]?)?\s*\)$""")]
    private static partial Regex Call();
}
