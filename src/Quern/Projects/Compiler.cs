using Quern.Duck;
using Quern.Jinja;
using Quern.Jinja.Values;

namespace Quern.Projects;

/// <summary>Renders the models of a project and puts them in the order in which they can be built.</summary>
/// <param name="project">The project.</param>
/// <param name="vars">Values that win over the project's own variables.</param>
/// <param name="source">The relation that <c>source(schema, name)</c> stands for, as SQL.</param>
public sealed class Compiler(Project project, IReadOnlyDictionary<string, object?> vars, Func<string, string, string> source)
{
    readonly TemplateEnvironment _environment = new();
    readonly Globals _globals = new();

    /// <summary>Compiles all models.</summary>
    /// <returns>The models, each behind those it reads; where that leaves a choice, in ordinal order of their paths.</returns>
    /// <exception cref="QuernException">A template cannot be rendered (QN70..), a model that is read does not exist (QN7110), models
    /// read each other in a circle (QN7111) or share a name (QN7112), a variable has no value (QN7113), or a materialization is not
    /// known (QN7114).</exception>
    public IReadOnlyList<CompiledModel> Compile(CancellationToken cancel = default)
    {
        foreach (var file in project.Macros)
        {
            foreach (var macro in _environment.ParseBlocks(file.Text, file.Path).Macros) _globals[macro.Name] = macro;
        }
        foreach (var twin in project.Models.GroupBy(m => m.Name, StringComparer.Ordinal).Where(g => g.Count() > 1))
            throw Fail("QN7112", "two models have the same name", string.Join(" and ", twin.Select(m => m.Path)), twin.Key);
        var names = project.Models.Select(m => m.Name).ToHashSet(StringComparer.Ordinal);
        return Order([.. project.Models.Select(m => Render(m, names, cancel))]);
    }

    CompiledModel Render(ProjectFile file, HashSet<string> names, CancellationToken cancel)
    {
        var reads = new List<string>();
        var sources = new List<string>();
        var materialized = project.Settings.ModelSetting("materialized", file.Folders);
        var scope = new Globals(_globals);
        scope.Add(new Function("ref", arguments =>
        {
            var name = arguments.Bind("ref", 1, "name").Text(0);
            if (!names.Contains(name)) throw Fail("QN7110", "the model that is referred to does not exist", file.Path, name);
            if (!reads.Contains(name)) reads.Add(name);
            return Sql.Name(name);
        }));
        scope.Add(new Function("source", arguments =>
        {
            var bound = arguments.Bind("source", 2, "source_name", "table_name");
            var name = $"{bound.Text(0)}.{bound.Text(1)}";
            if (!sources.Contains(name)) sources.Add(name);
            return source(bound.Text(0), bound.Text(1));
        }));
        scope.Add(new Function("var", arguments =>
        {
            var bound = arguments.Bind("var", 1, "name", "default");
            return Variable(bound.Text(0), bound.Has(1), bound[1], file);
        }));
        scope.Add(new Function("config", arguments =>
        {
            foreach (var (key, value) in arguments.Named)
            {
                if (key == "materialized") materialized = value;
            }
            return "";
        }));
        scope.Add(new Function("batch", arguments => CompiledModel.Batch(arguments.Bind("batch", 1, "column").Text(0))));
        var sql = _environment.Parse(file.Text, file.Path).Render(scope, cancel);
        return new CompiledModel(file.Name, file.Path, Kind(materialized, file), sql, reads, sources);
    }

    object? Variable(string name, bool hasDefault, object? fallback, ProjectFile file)
    {
        if (vars.TryGetValue(name, out var value) || project.Settings.Vars.TryGetValue(name, out value)) return value;
        return hasDefault ? fallback : throw Fail("QN7113", "the variable has no value", file.Path, name);
    }

    static Materialization Kind(object? materialized, ProjectFile file) => materialized switch
    {
        null or "view" => Materialization.View,
        "table" => Materialization.Table,
        var other => throw Fail("QN7114", "this way of materializing a model is not known", file.Path, other?.ToString()),
    };

    static List<CompiledModel> Order(List<CompiledModel> models)
    {
        var byName = models.ToDictionary(m => m.Name, StringComparer.Ordinal);
        var ordered = new List<CompiledModel>();
        var state = new Dictionary<string, bool>(StringComparer.Ordinal);
        foreach (var model in models) Visit(model, []);
        return ordered;

        void Visit(CompiledModel model, List<string> path)
        {
            if (state.TryGetValue(model.Name, out var done))
            {
                if (done) return;
                throw Fail("QN7111", "models read each other in a circle", model.Path, string.Join(" -> ", path.SkipWhile(p => p != model.Name).Append(model.Name)));
            }
            state[model.Name] = false;
            path.Add(model.Name);
            foreach (var name in model.DependsOn) Visit(byName[name], path);
            path.RemoveAt(path.Count - 1);
            state[model.Name] = true;
            ordered.Add(model);
        }
    }

    static QuernException Fail(string code, string what, string where, string? value) => new(
        new Fault(code, what) { Where = where, Value = value is null ? null : $"\"{value}\"", ExitCode = ExitCode.Usage });
}
