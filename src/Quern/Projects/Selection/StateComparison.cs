using System.Text.Json;
using Quern.Projects.Artifacts;
using Quern.Projects.Nodes;

namespace Quern.Projects.Selection;

/// <summary>Tells what is new or has changed since the artifacts in a folder were written, and how nodes ended then.</summary>
/// <remarks>Configuration is compared as it is written, before templates are done: a value that depends on the target or on a variable has
/// not changed when those differ. What a template's own <c>config()</c> says is compared as it came out, as dbt does.</remarks>
sealed class StateComparison
{
    static readonly string[] Sections = ["nodes", "sources", "exposures", "unit_tests"];

    readonly string _folder;
    readonly Lazy<JsonElement?> _manifest;
    readonly Lazy<Dictionary<string, JsonElement>?> _before;
    readonly Lazy<HashSet<string>> _changedMacros;
    readonly Lazy<PreviousResults?> _results;

    /// <summary>Compares with a folder, whose files are read when they are first needed.</summary>
    /// <param name="folder">Its absolute path.</param>
    /// <param name="macros">The macros of today with their texts.</param>
    public StateComparison(string folder, IReadOnlyList<MacroText> macros)
    {
        _folder = folder;
        _manifest = new(() => ArtifactFile.Read(Path.Combine(folder, ArtifactFile.Manifest), "manifest"));
        _before = new(() => Before(_manifest.Value));
        _changedMacros = new(() => ChangedMacros(_manifest.Value, macros));
        _results = new(() => PreviousResults.Read(folder));
    }

    /// <summary>The test of <c>state:VALUE</c>.</summary>
    /// <exception cref="QuernException">QN7152 or QN7154.</exception>
    public Predicate<Resource> ByState(Criterion criterion)
    {
        if (_before.Value is not { } before) throw SelectionFaults.NoState(criterion.Raw, ArtifactFile.Manifest, _folder);
        Func<Resource, JsonElement?, bool> fits = criterion.Text switch
        {
            "new" => (_, old) => old is null,
            "old" => (_, old) => old is not null,
            "modified" => IsModified,
            "unmodified" => (r, old) => !IsModified(r, old),
            "modified.body" => (r, old) => r is Node node && (old is not { } o || !ResourceComparison.SameBody(node, o)),
            "modified.configs" => (r, old) => r is not UnitTest && (old is not { } o || !ResourceComparison.SameConfig(r, o)),
            "modified.persisted_descriptions" => (r, old) =>
                r is Node node && (old is not { } o || !ResourceComparison.SameDescriptions(node, o)),
            "modified.relation" => (r, old) => r is Node or SourceTable && (old is not { } o || !ResourceComparison.SameRelation(r, o)),
            "modified.contract" => (r, old) => r is Node node && (old is not { } o || !ResourceComparison.SameContract(node, o)),
            "modified.macros" => (r, _) => HasChangedMacro(r),
            _ => throw SelectionFaults.BadValue(criterion.Text, criterion.Raw,
                "new, old, modified, unmodified, or modified. with body, configs, persisted_descriptions, relation, contract or macros"),
        };
        return r => fits(r, before.TryGetValue(r.Id, out var old) ? old : null);
    }

    /// <summary>The test of <c>result:STATUS</c>.</summary>
    /// <exception cref="QuernException">QN7154.</exception>
    public Predicate<Resource> ByResult(Criterion criterion)
    {
        if (_results.Value is not { } results) throw SelectionFaults.NoState(criterion.Raw, ArtifactFile.RunResults, _folder);
        var ids = results.Statuses.Where(s => s.Value == criterion.Text).Select(s => s.Key).ToHashSet(StringComparer.Ordinal);
        return r => ids.Contains(r.Id);
    }

    // A source or exposure that is new does not count as modified, but as new.
    bool IsModified(Resource resource, JsonElement? before) =>
        (before is { } old ? !ResourceComparison.Same(resource, old) : resource is Node or UnitTest) || HasChangedMacro(resource);

    bool HasChangedMacro(Resource resource) => resource is Node node && node.Macros.Exists(_changedMacros.Value.Contains);

    static Dictionary<string, JsonElement>? Before(JsonElement? manifest)
    {
        if (manifest is not { } root) return null;
        var before = new Dictionary<string, JsonElement>(StringComparer.Ordinal);
        foreach (var section in Sections)
        {
            if (!root.TryGetProperty(section, out var resources) || resources.ValueKind != JsonValueKind.Object) continue;
            foreach (var resource in resources.EnumerateObject()) before[resource.Name] = resource.Value;
        }
        return before;
    }

    // Macros whose text is not known (the library's own) are taken as they are.
    static HashSet<string> ChangedMacros(JsonElement? manifest, IReadOnlyList<MacroText> macros)
    {
        var before = manifest is { } it && it.TryGetProperty("macros", out var all) ? all : default;
        return [.. macros.Where(m => m.Text.Length > 0 && Text(m.Id) != m.Text).Select(m => m.Id)];

        string? Text(string id) =>
            before.ValueKind == JsonValueKind.Object && before.TryGetProperty(id, out var macro)
                && macro.TryGetProperty("macro_sql", out var text)
                ? text.GetString()?.Trim()
                : null;
    }
}
