using Quern.Jinja;
using Quern.Jinja.Values;
using Quern.Projects;
using Quern.Projects.Context;
using Quern.Projects.Nodes;
using Quern.Projects.Warehouses;

namespace Quern.Models.UnitTests;

/// <summary>The names that the template of a model sees in a unit test: what it reads is what is given.</summary>
static class UnitTestNames
{
    /// <summary>The names.</summary>
    public static Dictionary<string, object?> Of(LoadedProject project, UnitTest test, IReadOnlyList<GivenInput> inputs)
    {
        var names = new Dictionary<string, object?>(StringComparer.Ordinal)
        {
            ["ref"] = new Function("ref", arguments =>
            {
                object? version = null;
                foreach (var (name, value) in arguments.Named)
                    if (name is "v" or "version") version = value;
                var texts = arguments.Positional.OfType<string>().ToList();
                var call = new RefCall(texts.Count == 2 ? texts[0] : null, texts.Count == 0 ? "" : texts[^1], version);
                return Given(test, inputs, project.Templates.Links.Find(call, test.Package), call.Name);
            }),
            ["source"] = new Function("source", arguments =>
            {
                var texts = arguments.Positional.OfType<string>().ToList();
                var source = texts.Count == 2 ? project.Templates.Links.Find(new SourceCall(texts[0], texts[1]), test.Package) : null;
                return Given(test, inputs, source, string.Join('.', texts));
            }),
        };
        if (inputs.FirstOrDefault(i => i.Resource is null) is { } self) names["this"] = Cte(self);

        // A model is tested as if nothing were there, unless the test says so.
        names["is_incremental"] = Constant("is_incremental", false);
        AddOverrides(names, project, test);
        return names;
    }

    static void AddOverrides(Dictionary<string, object?> names, LoadedProject project, UnitTest test)
    {
        var packages = new Dictionary<string, Dictionary<string, object>>(StringComparer.Ordinal);
        foreach (var (key, value) in test.Overrides["macros"] as Dict ?? new Dict())
        {
            var name = PythonText.Of(key);
            if (name.Split('.') is [var package, var macro])
            {
                if (project.Templates.MacrosOf(package)?.ContainsKey(macro) == true) Override(package, macro, value);
                else project.Invocation.Warn("QN7292", $"{test.File}: the unit test {test.Name} overrides a macro that is not there: {name}");
                // The library's macros are called with and without its name.
                if (package == "dbt") names.TryAdd(macro, Constant(macro, value));
                continue;
            }
            names[name] = Constant(name, value);
            if (project.Templates.MacrosOf("dbt")?.ContainsKey(name) == true) Override("dbt", name, value);
        }
        foreach (var (package, macros) in packages) names[package] = new PackageNamespace(package, macros);
        if (test.Overrides["vars"] is Dict { Count: > 0 } vars) names["var"] = Layered("var", vars);
        if (test.Overrides["env_vars"] is Dict { Count: > 0 } environment) names["env_var"] = Layered("env_var", environment);

        void Override(string package, string macro, object? value)
        {
            if (!packages.TryGetValue(package, out var macros))
                packages[package] = macros = new Dictionary<string, object>(project.Templates.MacrosOf(package)!, StringComparer.Ordinal);
            macros[macro] = Constant(macro, value);
        }
    }

    static Function Constant(string name, object? value) => new(name, _ => value);

    /// <summary>A function that knows some answers, and asks the one it hides for others.</summary>
    static Function Layered(string name, Dict known) => new(name, arguments =>
    {
        if (arguments.Positional is [string asked, ..] && known.TryGetValue(asked, out var value)) return value;
        return arguments.Rendering.Globals.Parent is { } below && below.TryGet(name, out var hidden)
            ? Rendering.Invoke(hidden, arguments)
            : null;
    });

    static Relation Given(UnitTest test, IReadOnlyList<GivenInput> inputs, Resource? resource, string name)
    {
        if (resource is not null && inputs.FirstOrDefault(i => i.Resource?.Id == resource.Id) is { } input) return Cte(input);
        throw new QuernException(new Fault("QN7290", $"the model reads an input that the unit test {test.Name} does not give")
        {
            Where = test.File,
            Value = name,
            Try = ["add it under `given`; `rows: []` for no rows"],
        });
    }

    static Relation Cte(GivenInput input) => new(null, null, CteInjection.NameOf(input.Name), RelationKind.Cte);
}
