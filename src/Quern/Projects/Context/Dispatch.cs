using Quern.Jinja;

namespace Quern.Projects.Context;

/// <summary><c>adapter.dispatch</c>: finds the implementation of a macro that a project or package has for this database.</summary>
sealed class Dispatch(ProjectSet project, MacroCatalog macros)
{
    /// <summary>The database's own name and those it stands in for, in the order in which they are looked for.</summary>
    static readonly string[] Prefixes = ["duckdb__", "default__"];

    public object Find(Arguments arguments)
    {
        var bound = arguments.Bind("dispatch", 1, "macro_name", "macro_namespace", "packages");
        var name = bound.Text(0);
        if (name.IndexOf('.', StringComparison.Ordinal) is var dot and >= 0)
        {
            throw new QuernException(new Fault("QN7130", "dispatch takes the name of a macro without its package")
            {
                Value = name,
                Try = [$"adapter.dispatch('{name[(dot + 1)..]}', '{name[..dot]}')"],
            });
        }
        return Find(name, bound.Text(1, null), NodeScope.Of(arguments).Package);
    }

    /// <summary>The macro that a name means here.</summary>
    /// <param name="name">The name without a prefix.</param>
    /// <param name="space">The package it belongs to; null for any.</param>
    /// <param name="package">The package of the node that is rendered.</param>
    public object Find(string name, string? space, string package)
    {
        var packages = Order(space, package);
        foreach (var searched in packages)
        {
            foreach (var prefix in Prefixes)
                if (macros.Find(searched, prefix + name) is { } macro) return macro;
        }
        var tried = string.Join(", ", packages.SelectMany(p => Prefixes.Select(prefix => $"'{p}.{prefix}{name}'")));
        throw new QuernException(new Fault("QN7131",
            $"in dispatch: no macro named '{name}' was found within namespace '{space ?? "none"}'")
        {
            Wanted = $"one of {tried}",
            Try = NearestName.Of("default__" + name, macros.Names()) is { } near ? [$"did you mean '{near}'?"] : [],
        });
    }

    List<string> Order(string? space, string package)
    {
        if (space is null) return [.. new[] { package, project.Root.Name, MacroCatalog.Library }.Distinct()];
        if (project.Root.Dispatch.TryGetValue(space, out var wanted)) return [.. wanted];
        return [.. new[] { project.Root.Name, space }.Distinct()];
    }
}
