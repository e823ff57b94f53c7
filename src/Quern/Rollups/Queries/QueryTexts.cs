using System.Globalization;
using System.Text.Json;
using Quern.Files;

namespace Quern.Rollups.Queries;

/// <summary>Finds queries: in a folder of .json and .sql files, in a file with one or a list, on standard input.</summary>
static class QueryTexts
{
    /// <summary>The queries, in the order of their files; a file that is no JSON is one query with an error.</summary>
    /// <param name="path">Absolute path of a folder or file; <c>-</c> for standard input.</param>
    /// <param name="input">Gives what standard input holds.</param>
    /// <exception cref="QuernException">QN7564: there are none, or two have one name; QN20xx: a file cannot be read.</exception>
    public static IReadOnlyList<(string Name, Func<QueryText> Read)> Find(string path, Func<string> input)
    {
        List<(string Name, Func<QueryText> Read)> found;
        if (path == "-")
        {
            found = OfText("q1", "standard input", input());
        }
        else if (Directory.Exists(path))
        {
            found = [.. Directory.EnumerateFiles(path).Where(f => Path.GetExtension(f) is ".json" or ".sql").Order(StringComparer.Ordinal)
                .SelectMany(f => OfFile(f, isAlone: false))];
        }
        else
        {
            found = OfFile(path, isAlone: true);
        }
        if (found.Count == 0) throw Wrong("no queries are here", path, "files that end in .json or .sql");
        if (found.GroupBy(q => q.Name).FirstOrDefault(g => g.Count() > 1) is { } twice) throw Wrong("two queries have one name", path, twice.Key);
        return found;
    }

    static List<(string, Func<QueryText>)> OfFile(string path, bool isAlone)
    {
        var (stem, name) = (Path.GetFileNameWithoutExtension(path), Path.GetFileName(path));
        var text = TextFile.Read(path, name);
        if (Path.GetExtension(path) == ".sql") return [(stem, () => new QueryText(stem, name, null, text))];
        return OfText(stem, name, text, isAlone ? "q" : $"{stem}_q");
    }

    static List<(string, Func<QueryText>)> OfText(string stem, string source, string text, string prefix = "q")
    {
        JsonElement root;
        try
        {
            using var document = JsonDocument.Parse(text);
            root = document.RootElement.Clone();
        }
        catch (JsonException e)
        {
            return [(stem, () => throw QueryFaults.NotJson(source, e.Message))];
        }
        if (root.ValueKind != JsonValueKind.Array) return [(stem, () => new QueryText(stem, source, root, null))];
        return [.. root.EnumerateArray().Select((query, i) =>
        {
            var number = (i + 1).ToString(CultureInfo.InvariantCulture);
            return ($"{prefix}{number}", (Func<QueryText>)(() => new QueryText($"{prefix}{number}", $"{source} [{i}]", query, null)));
        })];
    }

    static QuernException Wrong(string what, string path, string value) =>
        new(new Fault("QN7564", what) { Where = path, Value = value, ExitCode = ExitCode.Usage });
}
