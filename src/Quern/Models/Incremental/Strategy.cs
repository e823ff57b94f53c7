using Quern.Duck;
using Quern.Jinja.Values;
using Quern.Models.Materializations;
using Quern.Projects.Context;
using Quern.Projects.Nodes;
using Quern.Projects.Warehouses;

namespace Quern.Models.Incremental;

/// <summary>Puts the rows of a run into a growing table.</summary>
static class Strategy
{
    /// <summary>The strategy of a model. Default: delete and insert.</summary>
    /// <exception cref="QuernException">QN7230: none of this name.</exception>
    public static StrategyKind Of(Build build)
    {
        var name = NameOf(build);
        return HasMacro(build, name) ? StrategyKind.Custom : name switch
        {
            "default" or "delete+insert" => StrategyKind.DeleteInsert,
            "append" => StrategyKind.Append,
            "merge" => StrategyKind.Merge,
            "microbatch" => StrategyKind.Microbatch,
            _ => throw Unknown(build, name),
        };
    }

    /// <summary>Puts them in.</summary>
    /// <param name="build">The model.</param>
    /// <param name="kind">How.</param>
    /// <param name="batch">The rows.</param>
    /// <param name="columns">The columns that are written.</param>
    public static void Write(Build build, StrategyKind kind, Batch batch, IReadOnlyList<TableColumn> columns)
    {
        var names = Names(columns);
        switch (kind)
        {
            case StrategyKind.Custom:
                build.Session.Execute(build.StrategyMacro(MacroOf(NameOf(build)), Arguments(build, batch, columns)));
                return;
            case StrategyKind.Merge:
                build.Session.Execute(MergeStatement.Of(build, batch.Name, columns));
                return;
            case StrategyKind.Microbatch:
                var span = MicrobatchPlan.Span(build);
                var narrowed = string.Concat(Predicates(build).Select(p => $" and ({p})"));
                build.Session.Execute($"delete from {build.Target.Render()} where {span}{narrowed}");
                build.Session.Execute($"insert into {build.Target.Render()} ({names}) select {names} from {batch.Name} where {span}");
                return;
            case StrategyKind.DeleteInsert when Keys(build) is { Count: > 0 } keys:
                build.Session.Execute(Delete(build, batch.Name, keys));
                break;
        }
        build.Session.Execute($"insert into {build.Target.Render()} ({names}) select {names} from {batch.Name}");
    }

    /// <summary>The columns of <c>unique_key</c>, or the one expression that it is. Default: none.</summary>
    public static IReadOnlyList<string> Keys(Build build) => [.. build.Config.Texts("unique_key").Where(k => k.Length > 0)];

    /// <summary>Conditions that narrow the rows of the table that are looked at.</summary>
    public static IReadOnlyList<string> Predicates(Build build)
    {
        var incremental = build.Config.Texts("incremental_predicates");
        return incremental.Count > 0 ? incremental : build.Config.Texts("predicates");
    }

    /// <summary>The names of columns as SQL lists them.</summary>
    public static string Names(IEnumerable<TableColumn> columns) => Sql.Names(columns.Select(c => c.Name));

    /// <summary>NULL equals nothing: rows without a key stay (specification section 3.4).</summary>
    static string Delete(Build build, string batch, IReadOnlyList<string> keys)
    {
        var predicates = string.Concat(Predicates(build).Select(p => $" and {p}"));
        if (build.Config["unique_key"] is string key)
            return $"delete from {build.Target.Render()} where ({key}) in (select ({key}) from {batch}){predicates}";
        var equal = string.Join(" and ", keys.Select(k => $"DBT_INCREMENTAL_SOURCE.{k} = DBT_INCREMENTAL_TARGET.{k}"));
        return $"delete from {build.Target.Render()} as DBT_INCREMENTAL_TARGET using {batch} as DBT_INCREMENTAL_SOURCE where ({equal}{predicates})";
    }

    static string NameOf(Build build) => build.Config.Text("incremental_strategy") is { Length: > 0 } name ? name : "default";

    // What dbt looks for: any letter that no name can have is an underscore.
    static string MacroOf(string strategy) => $"get_incremental_{strategy.Replace('+', '_').Replace('-', '_')}_sql";

    static bool HasMacro(Build build, string strategy) => build.HasStrategyMacro(MacroOf(strategy));

    static Dict Arguments(Build build, Batch batch, IReadOnlyList<TableColumn> columns) => new()
    {
        ["target_relation"] = build.Target,
        ["temp_relation"] = batch.Relation,
        ["unique_key"] = build.Config["unique_key"],
        ["dest_columns"] = columns.Select(c => (object?)Column.Make(c.Name, c.Type)).ToList(),
        ["incremental_predicates"] = build.Config["incremental_predicates"] ?? build.Config["predicates"],
    };

    static QuernException Unknown(Build build, string name) => new(
        new Fault("QN7230", "there is no incremental strategy of this name")
        {
            Where = ConfigPlace.Of(build.Node, "incremental_strategy"),
            Value = name,
            Wanted = "incremental_strategy: append, delete+insert, merge or microbatch, or a macro "
                + $"{MacroOf(name)} of the project",
            Try = NearestName.Of(name, ["append", "delete+insert", "merge", "microbatch"]) is { } near ? [$"incremental_strategy: {near}"] : [],
        });
}
