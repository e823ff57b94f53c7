using System.Collections.Concurrent;
using Quern.Jinja;
using Quern.Jinja.Values;

namespace Quern.Projects.Context;

/// <summary>The variables of a project: those of the command line, then the root project's for a package, then its global ones, then the
/// package's own (specification section 2, <c>var</c>).</summary>
sealed class Variables(ProjectSet project, Invocation invocation)
{
    readonly ConcurrentDictionary<string, Dict> _merged = new(StringComparer.Ordinal);

    /// <summary>All variables that a node of a package sees. Not to be changed.</summary>
    public Dict For(string package) => _merged.GetOrAdd(package, Merge);

    Dict Merge(string package)
    {
        var merged = new Dict();
        var own = project.Packages.FirstOrDefault(p => p.Name == package);
        foreach (var layer in new[] { own, project.Root }.OfType<Package>().Distinct())
        {
            AddAll(merged, layer.Vars);
            if (layer.Vars[package] is Dict scoped) AddAll(merged, scoped);
        }
        AddAll(merged, invocation.Vars);
        return merged;
    }

    static void AddAll(Dict to, Dict from)
    {
        foreach (var (name, value) in from) to[name] = value;
    }

    /// <summary>The function <c>var</c> with <c>var.has_var</c>, over what a call's rendering sees.</summary>
    /// <param name="values">The variables of a rendering.</param>
    /// <param name="render">Renders a value that is a template, where the call stands.</param>
    public static Function MakeFunction(Func<Arguments, Dict> values, Func<string, string, Arguments, object?> render) => new(
        "var",
        arguments =>
        {
            var bound = arguments.Bind("var", 1, "name", "default");
            var name = bound.Text(0);
            if (values(arguments).TryGetValue(name, out var value))
                return value is string text && Template.HasMarks(text) ? render(text, name, arguments) : value;
            return bound.Has(1) ? bound[1] : throw Missing(name, values(arguments));
        },
        new Dictionary<string, object?>
        {
            ["has_var"] = new Function("has_var", arguments => values(arguments).ContainsKey(arguments.Bind("has_var", 1, "name").Text(0))),
        });

    static QuernException Missing(string name, Dict known) => new(
        new Fault("QN7113", "the variable has no value")
        {
            Value = name,
            Try =
            [
                .. NearestName.Of(name, known.Keys.OfType<string>()) is { } near ? [$"did you mean {near}?"] : Array.Empty<string>(),
                $"--vars '{name}: value', or under vars in dbt_project.yml",
                $"var('{name}', default)",
            ],
        });
}
