using System.Globalization;
using System.Text.Json.Nodes;
using Quern.Folding.Declared;

namespace Quern.Rollups.Routing;

/// <summary>An explanation for people, in 80 columns, and for programs.</summary>
static class ExplanationText
{
    const int Width = 80;

    /// <summary>Lines for people.</summary>
    public static IEnumerable<string> Lines(Explanation explanation)
    {
        var candidates = explanation.Route.Candidates;
        if (explanation.Route.Match is { } match)
        {
            yield return string.Create(
                CultureInfo.InvariantCulture, $"answered by {match.Grain.Name}: {match.RowsToRead:N0} of {match.Grain.Rows:N0} rows to read");
            foreach (var line in Ways(explanation, match)) yield return line;
        }
        else
        {
            yield return explanation.Missing is { } missing ? $"cannot be answered: {missing.What}" : $"answered from all rows ({Name(explanation.Fallback)})";
        }
        if (candidates.Any(c => c.Reason is not null)) yield return "";
        foreach (var candidate in candidates.Where(c => c.Reason is not null))
        {
            foreach (var line in Wrapped($"{candidate.Grain} {candidate.Reason}", "  ")) yield return line;
            if (candidate.Change is { } change)
                foreach (var line in Wrapped($"to match: {change}", "      ")) yield return line;
        }
        if (explanation.Sql is not { } sql) yield break;
        yield return "";
        foreach (var line in Wrapped(sql, "  ")) yield return line;
    }

    /// <summary>The same as JSON.</summary>
    public static JsonObject Json(Explanation explanation) => new()
    {
        ["answered_by"] = explanation.Route.Match?.Grain.Name ?? (explanation.Missing is null ? RollupStore.FallbackName : null),
        ["rows_to_read"] = explanation.Route.Match?.RowsToRead,
        ["fallback"] = Name(explanation.Fallback),
        ["error"] = explanation.Missing is { } missing ? new JsonObject { ["code"] = missing.Code, ["what"] = missing.What } : null,
        ["sql"] = explanation.Sql,
        ["candidates"] = new JsonArray([.. explanation.Route.Candidates.Select(c => (JsonNode)new JsonObject
        {
            ["grain"] = c.Grain,
            ["keys"] = new JsonArray([.. c.Keys.Select(k => (JsonNode)k)]),
            ["rows"] = c.Rows,
            ["rows_to_read"] = c.RowsToRead < 0 ? null : c.RowsToRead,
            ["reason"] = c.Reason,
            ["change"] = c.Change,
        })]),
    };

    static IEnumerable<string> Ways(Explanation explanation, GrainMatch match)
    {
        for (var i = 0; i < match.Keys.Count; i++)
            if (!match.Keys[i].IsSame) yield return $"  {explanation.Query.Keys[i].Text} is derived from {match.Grain.Keys[match.Keys[i].Key].Name}";
        for (var k = 0; k < match.Filters.Count; k++)
        {
            if (match.Filters[k] is not { } codes) continue;
            var left = codes.Ranges.Sum(r => (long)r.To - r.From);
            yield return string.Create(
                CultureInfo.InvariantCulture, $"  filter on {match.Grain.Keys[k].Name}: {left:N0} of {match.Grain.Keys[k].Count:N0} values{(k == 0 ? ", read as slices" : "")}");
        }
        if (match.Rest.Count > 0) yield return "  conditions on several keys are looked at row by row";
    }

    static string Name(FallbackKind kind) => kind.ToString().ToLowerInvariant();

    static IEnumerable<string> Wrapped(string text, string indent)
    {
        var line = indent;
        foreach (var word in text.Split(' '))
        {
            if (line.Length + word.Length + 1 > Width && line.Trim().Length > 0)
            {
                yield return line;
                line = indent + "  ";
            }
            line = line.Trim().Length == 0 ? line + word : $"{line} {word}";
        }
        yield return line;
    }
}
