using Quern.Duck;
using Quern.Models.Materializations;
using Quern.Projects.Warehouses;

namespace Quern.Models.Incremental;

/// <summary>Brings the columns of a growing table and of its query together (<c>on_schema_change</c>).</summary>
static class SchemaChange
{
    /// <summary>What the model asks for; a word that is not known is taken for the default with a warning. Default: ignore.</summary>
    public static SchemaChangeMode ModeOf(Build build)
    {
        var word = build.Config.Text("on_schema_change");
        switch (word)
        {
            case null or "ignore": return SchemaChangeMode.Ignore;
            case "fail": return SchemaChangeMode.Fail;
            case "append_new_columns": return SchemaChangeMode.AppendNewColumns;
            case "sync_all_columns": return SchemaChangeMode.SyncAllColumns;
            default:
                build.Warn("QN7212", $"{build.Node.Name} has an unknown on_schema_change `{word}`: ignore is used");
                return SchemaChangeMode.Ignore;
        }
    }

    /// <summary>Changes the table as asked for.</summary>
    /// <param name="build">The model.</param>
    /// <param name="mode">What it asks for.</param>
    /// <param name="query">The columns that the query gives now.</param>
    /// <returns>The columns to write.</returns>
    /// <exception cref="QuernException">QN7231: they differ, and the model does not want that.</exception>
    public static IReadOnlyList<TableColumn> Apply(Build build, SchemaChangeMode mode, IReadOnlyList<TableColumn> query)
    {
        var table = build.Session.Columns(build.Target);
        if (mode == SchemaChangeMode.Ignore) return table;
        var added = query.Where(c => Find(table, c) is null).ToList();
        var gone = table.Where(c => Find(query, c) is null).ToList();
        var retyped = query.Where(c => Find(table, c) is { } old && !old.Type.Equals(c.Type, StringComparison.OrdinalIgnoreCase)).ToList();
        if (mode == SchemaChangeMode.Fail && added.Count + gone.Count + retyped.Count > 0) throw Changed(build, added, gone, retyped, table);
        if (mode == SchemaChangeMode.AppendNewColumns)
        {
            gone.Clear();
            retyped.Clear();
        }
        if (added.Count + gone.Count + retyped.Count == 0) return query;
        var indexes = Indexes.Drop(build, build.Target);
        foreach (var column in added) Alter(build, $"add column {Sql.Name(column.Name)} {column.Type}");
        foreach (var column in gone) Alter(build, $"drop column {Sql.Name(column.Name)}");
        foreach (var column in retyped) Alter(build, $"alter column {Sql.Name(column.Name)} set data type {column.Type}");
        foreach (var index in indexes) build.Session.Execute(index);
        return query;
    }

    static void Alter(Build build, string change) => build.Session.Execute($"alter table {build.Target.Render()} {change}");

    static TableColumn? Find(IReadOnlyList<TableColumn> columns, TableColumn wanted) =>
        columns.FirstOrDefault(c => c.Name.Equals(wanted.Name, StringComparison.OrdinalIgnoreCase));

    static QuernException Changed(
        Build build, List<TableColumn> added, List<TableColumn> gone, List<TableColumn> retyped, IReadOnlyList<TableColumn> table)
    {
        var lines = new List<string>();
        if (added.Count > 0) lines.Add($"only in the query: {List(added)}");
        if (gone.Count > 0) lines.Add($"only in the table: {List(gone)}");
        lines.AddRange(retyped.Select(c => $"{c.Name} is {c.Type} in the query, {Find(table, c)!.Type} in the table"));
        return new QuernException(new Fault("QN7231", $"the query of {build.Node.Name} and its table have different columns")
        {
            Where = build.Node.File,
            Value = string.Join('\n', lines),
            Wanted = "the same columns, as `on_schema_change: fail` asks for; the table is unchanged",
            Try = ["on_schema_change: append_new_columns or sync_all_columns", "--full-refresh", "alter the table"],
        });
    }

    static string List(IEnumerable<TableColumn> columns) => string.Join(", ", columns.Select(c => $"{c.Name} {c.Type}"));
}
