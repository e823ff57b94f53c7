using System.Text.Json;

namespace Quern.Cli.Tests.Shop;

/// <summary>A step of <c>Cases/shop/expected.json</c>: a command and what it leaves.</summary>
sealed class ExpectedStep(JsonElement json)
{
    /// <summary>The whole file.</summary>
    public static JsonElement File { get; } = Read("shop/expected.json");

    /// <summary>The steps, in the order in which they are run on the same database.</summary>
    public static IReadOnlyList<ExpectedStep> All { get; } = [.. File.GetProperty("steps").EnumerateArray().Select(s => new ExpectedStep(s))];

    /// <summary>What it shows.</summary>
    public string Name => json.GetProperty("name").GetString()!;

    /// <summary>The command as a shell reads it: <c>dbt build --vars '...'</c>.</summary>
    public string Command => json.GetProperty("command").GetString()!;

    /// <summary>Environment variables for this step.</summary>
    public IReadOnlyList<string> Variables =>
        json.TryGetProperty("env", out var env) ? [.. env.EnumerateObject().Select(v => $"{v.Name}={v.Value.GetString()}")] : [];

    /// <summary>Exit code.</summary>
    public int ExitCode => json.GetProperty("exit_code").GetInt32();

    /// <summary>The closing line as <c>PASS=45 WARN=5 ...</c>; null when there is none.</summary>
    public string? Totals => json.TryGetProperty("totals", out var totals)
        ? string.Join(' ', totals.EnumerateObject().Select(t => $"{t.Name}={t.Value.GetInt32()}"))
        : null;

    /// <summary>A line for each result: id, status, failures and, for a test, its message; sorted. Null when the step has none.</summary>
    public IReadOnlyList<string>? Results => json.TryGetProperty("results", out var results)
        ? [.. results.EnumerateObject().Select(r => ResultLine(r.Name, r.Value)).Order(StringComparer.Ordinal)]
        : null;

    /// <summary>Every table and view after the step; null when they are not looked at.</summary>
    public IReadOnlyDictionary<string, StoredRelation>? Relations => json.TryGetProperty("relations", out var relations)
        ? relations.EnumerateObject().ToDictionary(r => r.Name, r => Relation(r.Value))
        : null;

    /// <summary>The lines of <c>ls</c>, sorted; null for another command.</summary>
    public IReadOnlyList<string>? Lines => json.TryGetProperty("lines", out var lines)
        ? [.. lines.EnumerateArray().Select(l => l.GetString()!).Order(StringComparer.Ordinal)]
        : null;

    /// <summary>Compiled SQL by id; null when it is not looked at.</summary>
    public IReadOnlyDictionary<string, string>? Compiled => json.TryGetProperty("compiled", out var compiled)
        ? compiled.EnumerateObject().ToDictionary(c => c.Name, c => c.Value.GetString()!)
        : null;

    /// <summary>The lines on the console without their stamps; times are N.</summary>
    public IReadOnlyList<string> Console => json.TryGetProperty("console", out var lines) ? [.. lines.EnumerateArray().Select(l => l.GetString()!)] : [];

    /// <summary>Reads a JSON file of the cases.</summary>
    public static JsonElement Read(string name)
    {
        using var document = JsonDocument.Parse(System.IO.File.ReadAllBytes(Case(name)));
        return document.RootElement.Clone();
    }

    /// <summary>Absolute path of a file or folder of the cases.</summary>
    public static string Case(string name) => Path.Combine(Workdir.Root, "tests", "Quern.Cli.Tests", "Cases", name);

    /// <summary>A line for a result, from the expectation or from run_results.json alike.</summary>
    public static string ResultLine(string id, JsonElement result)
    {
        var failures = result.GetProperty("failures");
        var line = $"{id}: {result.GetProperty("status").GetString()}, failures {(failures.ValueKind == JsonValueKind.Null ? "null" : failures.GetRawText())}";
        if (!id.StartsWith("test.", StringComparison.Ordinal)) return line;
        var message = result.GetProperty("message");
        return $"{line}, {(message.ValueKind == JsonValueKind.Null ? "no message" : message.GetString())}";
    }

    public override string ToString() => Name;

    static StoredRelation Relation(JsonElement json) => new(
        json.GetProperty("type").GetString()!,
        [.. json.GetProperty("columns").EnumerateArray().Select(c => $"{c[0].GetString()} {c[1].GetString()}")],
        [.. json.GetProperty("rows").EnumerateArray().Select(r => StoredRelation.Line(r.EnumerateArray().Select(v => v.GetString()))).Order(StringComparer.Ordinal)]);
}
