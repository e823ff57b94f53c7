using System.Text;
using Quern.Duck;
using Quern.Jinja.Values;
using Quern.Models.Materializations;
using Quern.Projects.Warehouses;

namespace Quern.Models.Incremental;

/// <summary>MERGE INTO with what a model's configuration says about it.</summary>
static class MergeStatement
{
    const string Old = "DBT_INTERNAL_DEST", New = "DBT_INTERNAL_SOURCE";

    /// <summary>The statement.</summary>
    /// <param name="build">The model.</param>
    /// <param name="batch">The rows, by their name in SQL.</param>
    /// <param name="columns">The columns that are written.</param>
    /// <exception cref="QuernException">QN7232: an option is not as it should be.</exception>
    public static string Of(Build build, string batch, IReadOnlyList<TableColumn> columns)
    {
        var config = build.Config;
        var sql = new StringBuilder();
        sql.Append($"merge into {build.Target.Render()} as {Old} using (select {Strategy.Names(columns)} from {batch}) as {New}\n{Match(build)}");
        if (config["merge_clauses"] is { } clauses)
        {
            sql.Append(MergeClauses.Of(build, clauses, columns));
            return sql.ToString();
        }
        var updateIf = Condition(config.Text("merge_update_condition"));
        var insertIf = Condition(config.Text("merge_insert_condition"));
        sql.Append($"\nwhen matched{updateIf} then update {Update(build, columns)}");
        sql.Append($"\nwhen not matched{insertIf} then insert by name");
        return sql.ToString();
    }

    /// <summary><c>and (...)</c>, or nothing.</summary>
    public static string Condition(string? condition) => string.IsNullOrWhiteSpace(condition) ? "" : $" and ({condition})";

    /// <summary>What an update sets.</summary>
    /// <param name="columns">The columns that are written.</param>
    /// <param name="include">Columns; null for all.</param>
    /// <param name="exclude">Columns that stay; null for none.</param>
    /// <param name="expressions">Expressions by column; null for none.</param>
    /// <returns><c>by name</c>, or <c>set</c> with assignments.</returns>
    public static string Set(
        IReadOnlyList<TableColumn> columns, IReadOnlyCollection<string>? include, IReadOnlyCollection<string>? exclude, Dict? expressions)
    {
        if (include is null && exclude is null && expressions is null) return "by name";
        var set = new OrderedDictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        if (include is not null || exclude is not null)
        {
            foreach (var column in columns)
            {
                if (include is not null && !include.Contains(column.Name, StringComparer.OrdinalIgnoreCase)) continue;
                if (exclude is not null && exclude.Contains(column.Name, StringComparer.OrdinalIgnoreCase)) continue;
                set[column.Name] = $"{New}.{Sql.Name(column.Name)}";
            }
        }
        foreach (var (column, expression) in expressions ?? new Dict()) set[PythonText.Of(column)] = PythonText.Of(expression);
        return "set " + string.Join(", ", set.Select(s => $"{Sql.Name(s.Key)} = {s.Value}"));
    }

    static string Match(Build build)
    {
        if (build.Config.Texts("merge_on_using_columns") is { Count: > 0 } shared) return $"using ({Sql.Names(shared)})";
        var keys = Strategy.Keys(build);
        var conditions = Strategy.Predicates(build).Select(p => $"({p})").ToList();
        if (keys.Count == 0) conditions.Add("FALSE");
        else conditions.AddRange(keys.Select(k => $"({New}.{k} = {Old}.{k})"));
        return $"on {string.Join(" and ", conditions)}";
    }

    static string Update(Build build, IReadOnlyList<TableColumn> columns)
    {
        var include = build.Config["merge_update_columns"] is null ? null : build.Config.Texts("merge_update_columns");
        var exclude = build.Config["merge_exclude_columns"] is null ? null : build.Config.Texts("merge_exclude_columns");
        if (include is not null && exclude is not null)
        {
            throw new QuernException(new Fault("QN7232", "a merge takes `merge_update_columns` or `merge_exclude_columns`, not both")
            {
                Where = build.Node.File,
            });
        }
        return Set(columns, include, exclude, build.Config["merge_update_set_expressions"] as Dict);
    }
}
