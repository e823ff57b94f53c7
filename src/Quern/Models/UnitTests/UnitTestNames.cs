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
        AddOverrides(names, test);
        return names;
    }

    static void AddOverrides(Dictionary<string, object?> names, UnitTest test)
    {
        foreach (var (key, value) in test.Overrides["macros"] as Dict ?? new Dict())
        {
            var name = PythonText.Of(key);
            if (name.Contains('.', StringComparison.Ordinal))
            {
                throw new QuernException(new Fault("QN7292", "a unit test cannot yet override a macro of a package")
                {
                    Where = test.File,
                    Value = name,
                });
            }
            names[name] = Constant(name, value);
        }
        if (test.Overrides["vars"] is Dict { Count: > 0 } vars) names["var"] = Layered("var", vars);
        if (test.Overrides["env_vars"] is Dict { Count: > 0 } environment) names["env_var"] = Layered("env_var", environment);
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
