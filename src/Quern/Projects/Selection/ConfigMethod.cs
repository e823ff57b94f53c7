using Quern.Jinja.Values;
using Quern.Projects.Artifacts;
using Quern.Projects.Nodes;

namespace Quern.Projects.Selection;

/// <summary>Selects by a key of the merged configuration, defaults included.</summary>
static class ConfigMethod
{
    /// <summary>Nodes and sources whose key equals the value; of a list, one of its items. Kinds count: <c>2</c> on the command line
    /// is text and no number; <c>true</c> and <c>false</c> also stand for the truth values.</summary>
    public static Predicate<Resource> Of(Criterion criterion)
    {
        if (criterion.Arguments.Count == 0) throw SelectionFaults.BadCriterion(criterion.Raw, "config.KEY:VALUE");
        var ignoreCase = criterion.Arguments is ["severity"];
        return r => r is Node or SourceTable && TryFind(r, criterion.Arguments, out var value) && Fits(value, criterion, ignoreCase);
    }

    static bool Fits(object? value, Criterion criterion, bool ignoreCase) => value switch
    {
        List<object?> list => list.Exists(item => Equal(item, criterion, ignoreCase)),
        TupleValue tuple => tuple.Any(item => Equal(item, criterion, ignoreCase)),
        _ => Equal(value, criterion, ignoreCase),
    };

    static bool Equal(object? value, Criterion criterion, bool ignoreCase) =>
        Equality.Same(value, criterion.Value)
        || (value is bool flag && criterion.Text.Equals(flag ? "true" : "false", StringComparison.OrdinalIgnoreCase))
        || (ignoreCase && value is string text && text.Equals(criterion.Text, StringComparison.OrdinalIgnoreCase));

    static bool TryFind(Resource resource, IReadOnlyList<string> keys, out object? value)
    {
        if (!MergedConfig.TryGet(resource, keys[0], out value)) return false;
        foreach (var key in keys.Skip(1))
        {
            if (value is not Dict dict || !dict.TryGetValue(key, out value)) return false;
        }
        return true;
    }
}
