using Quern.Projects.Nodes;

namespace Quern.Projects.Selection;

/// <summary>Methods that look at names.</summary>
static class NameMethods
{
    /// <summary>Any resource but a source, by its own name or by its path of package, folders and name from the package or the first
    /// folder on.</summary>
    public static Predicate<Resource> Fqn(string wanted)
    {
        if (wanted == "*") return r => r.Kind != ResourceKind.Source;
        var parts = wanted.Split('.');
        return r => r.Kind != ResourceKind.Source && (FitsPath(r, r.Path, 0, wanted, parts) || FitsPath(r, r.Path, 1, wanted, parts));
    }

    /// <summary><c>source</c>, <c>source.table</c> or <c>package.source.table</c>, with wildcards.</summary>
    public static Predicate<Resource> Source(Criterion criterion)
    {
        var parts = criterion.Text.Split('.');
        var (package, source, table) = parts.Length switch
        {
            1 => ("*", parts[0], "*"),
            2 => ("*", parts[0], parts[1]),
            3 => (parts[0], parts[1], parts[2]),
            _ => throw SelectionFaults.BadValue(criterion.Text, criterion.Raw, "SOURCE, SOURCE.TABLE or PACKAGE.SOURCE.TABLE"),
        };
        return r => r is SourceTable it
            && NamePattern.Matches(it.Package, package) && NamePattern.Matches(it.Source, source) && NamePattern.Matches(it.Name, table);
    }

    /// <summary><c>name</c> or <c>package.name</c> of one kind, with wildcards.</summary>
    public static Predicate<Resource> Named(Criterion criterion, ResourceKind kind)
    {
        var parts = criterion.Text.Split('.');
        var (package, name) = parts.Length switch
        {
            1 => ("*", parts[0]),
            2 => (parts[0], parts[1]),
            _ => throw SelectionFaults.BadValue(criterion.Text, criterion.Raw, "NAME or PACKAGE.NAME"),
        };
        return r => r.Kind == kind && NamePattern.Matches(r.Package, package) && NamePattern.Matches(r.Name, name);
    }

    /// <summary>Everything of a package.</summary>
    public static Predicate<Resource> Package(string wanted) => r => NamePattern.Matches(r.Package, wanted);

    /// <summary>Generic tests by the name of the test, unit tests by their own.</summary>
    public static Predicate<Resource> TestName(string wanted) => r => r switch
    {
        Node { Kind: ResourceKind.Test, Test: { } test } => NamePattern.Matches(test.Name, wanted),
        UnitTest => NamePattern.Matches(r.Name, wanted),
        _ => false,
    };

    // A path from one of its parts on. A name with a dot in it counts as several parts, as folders do.
    static bool FitsPath(Resource resource, IReadOnlyList<string> path, int from, string wanted, string[] parts)
    {
        var count = path.Count - from;
        if (count <= 0) return false;
        if (resource is Node { Version: not null } && count > 1)
        {
            if (path[^2] == wanted) return true;
            if (parts.Length > 1 && parts[^2] == path[^2] && parts[^1] == path[^1]) return true;
            if (parts.Length == 1 && parts[0] == $"{path[^2]}_{path[^1]}") return true;
        }
        else if (path[^1] == wanted)
        {
            return true;
        }
        // Most paths end here, before anything is put together.
        if (!NamePattern.HasWildcard(parts[0]) && !path[from].StartsWith(parts[0], StringComparison.Ordinal)) return false;
        var flat = string.Join('.', path.Skip(from)).Split('.');
        if (flat.Length < parts.Length) return false;
        for (var i = 0; i < parts.Length; i++)
        {
            if (NamePattern.HasWildcard(parts[i])) return NamePattern.Matches(string.Join('.', flat[i..]), string.Join('.', parts[i..]));
            if (flat[i] != parts[i]) return false;
        }
        return true;
    }
}
