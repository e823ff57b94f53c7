using System.Text.RegularExpressions;

namespace Quern.Projects.Artifacts;

/// <summary>Finds which macros the text of a macro calls, as far as names show it.</summary>
/// <param name="ids">Ids of all macros.</param>
/// <param name="root">Name of the project that runs.</param>
sealed partial class MacroCalls(IReadOnlySet<string> ids, string root)
{
    const string Library = "dbt";

    /// <summary>Ids of the macros that it calls, in order, each once; <c>adapter.dispatch</c> calls what it finds.</summary>
    public IReadOnlyList<string> Of(MacroText macro)
    {
        if (macro.Text.Length == 0) return [];
        var found = new List<string>();
        foreach (Match tag in Tag().Matches(macro.Text))
        {
            foreach (Match call in Call().Matches(tag.Value))
            {
                var id = call.Groups["dispatched"] is { Success: true, Value: var name }
                    ? Dispatched(name, call.Groups["space"].Value, macro.Package)
                    : Called(call.Groups["package"].Value, call.Groups["name"].Value, macro.Package);
                if (id is not null && id != macro.Id && !found.Contains(id)) found.Add(id);
            }
        }
        return found;
    }

    string? Called(string package, string name, string own) => package.Length > 0
        ? Known(package, name)
        : Known(own, name) ?? Known(root, name) ?? Known(Library, name);

    string? Dispatched(string name, string space, string own) => new[] { root, space.Length > 0 ? space : own, Library }
        .SelectMany(p => new[] { Known(p, $"duckdb__{name}"), Known(p, $"default__{name}") }).FirstOrDefault(id => id is not null);

    string? Known(string package, string name) => ids.Contains($"macro.{package}.{name}") ? $"macro.{package}.{name}" : null;

    [GeneratedRegex(@"\{[{%].*?[}%]\}", RegexOptions.Singleline)]
    private static partial Regex Tag();

    [GeneratedRegex(
        @"adapter\s*\.\s*dispatch\s*\(\s*(?:macro_name\s*=\s*)?['""](?<dispatched>\w+)['""](?:\s*,\s*(?:macro_namespace\s*=\s*)?['""](?<space>\w+)['""])?"
        + @"|(?<![\w.])(?:(?<package>\w+)\s*\.\s*)?(?<name>\w+)\s*\(")]
    private static partial Regex Call();
}
