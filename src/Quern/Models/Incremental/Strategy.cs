using Quern.Duck;
using Quern.Models.Materializations;
using Quern.Projects.Warehouses;

namespace Quern.Models.Incremental;

/// <summary>Puts the rows of a run into a growing table.</summary>
static class Strategy
{
    /// <summary>The strategy of a model. Default: delete and insert.</summary>
    /// <exception cref="QuernException">QN7230: none of this name.</exception>
    public static StrategyKind Of(Build build) => build.Config.Text("incremental_strategy") switch
    {
        null or "" or "default" or "delete+insert" => StrategyKind.DeleteInsert,
        "append" => StrategyKind.Append,
        "merge" => StrategyKind.Merge,
        "microbatch" => throw Unknown(build, "microbatch", "the strategy microbatch is not supported yet"),
        var other => throw Unknown(build, other, "there is no incremental strategy of this name"),
    };

    /// <summary>Puts them in.</summary>
    /// <param name="build">The model.</param>
    /// <param name="kind">How.</param>
    /// <param name="batch">The rows.</param>
    /// <param name="columns">The columns that are written.</param>
    public static void Write(Build build, StrategyKind kind, Batch batch, IReadOnlyList<TableColumn> columns)
    {
        var names = Names(columns);
        if (kind == StrategyKind.Merge)
        {
            build.Session.Execute(MergeStatement.Of(build, batch.Name, columns));
            return;
        }
        if (kind == StrategyKind.DeleteInsert && Keys(build) is { Count: > 0 } keys) build.Session.Execute(Delete(build, batch.Name, keys));
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

    static QuernException Unknown(Build build, string name, string what) => new(new Fault("QN7230", what)
    {
        Where = build.Node.File,
        Value = name,
        Wanted = "incremental_strategy: append, delete+insert or merge",
        Try = name == "microbatch" ? ["delete+insert with `unique_key` and a condition on the time in the query"] : [],
    });
}
