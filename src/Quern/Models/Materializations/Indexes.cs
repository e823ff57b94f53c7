using System.Security.Cryptography;
using System.Text;
using Quern.Duck;
using Quern.Jinja.Values;
using Quern.Projects.Context;

namespace Quern.Models.Materializations;

/// <summary>The indexes that a node's configuration asks for.</summary>
static class Indexes
{
    static readonly string[] Known = ["columns", "unique"];

    /// <summary>Makes them on a table that has just been made. Unknown keys of an entry get one warning (specification section 0, point
    /// 3).</summary>
    /// <exception cref="QuernException">QN7220: an entry is not one.</exception>
    public static void Create(Build build)
    {
        if (build.Config["indexes"] is not List<object?> { Count: > 0 } entries) return;
        foreach (var entry in entries)
        {
            var columns = entry is Dict index ? Columns(index) : [];
            if (columns.Count == 0) throw NoIndex(build, entry);
            foreach (var key in ((Dict)entry!).Keys.OfType<string>().Where(k => !Known.Contains(k)))
                build.Warn("QN7211", $"the key `{key}` of an entry of `indexes` means nothing for DuckDB");
            var unique = ((Dict)entry)["unique"] is true;
            build.Session.Execute(
                $"create {(unique ? "unique " : "")}index {Sql.Name(Name(build, columns, unique))} on {build.Target.Render()} ({Sql.Names(columns)})");
        }
    }

    /// <summary>Drops the indexes of a table: DuckDB neither renames nor alters one that has some.</summary>
    /// <returns>The statements that make them again.</returns>
    public static IReadOnlyList<string> Drop(Build build, Relation table)
    {
        var rows = build.Session.Query(
            $"""
            select index_name, sql from duckdb_indexes() where sql is not null and lower(database_name) = lower({Sql.Text(table.Database)})
            and lower(schema_name) = lower({Sql.Text(table.Schema)}) and lower(table_name) = lower({Sql.Text(table.Identifier)})
            """).Rows;
        foreach (var row in rows) build.Session.Execute($"drop index {Sql.Name(table.Database, table.Schema, (string)row[0]!)}");
        return [.. rows.Select(r => (string)r[1]!)];
    }

    static List<string> Columns(Dict index) => index["columns"] switch
    {
        string one => [one],
        List<object?> many => [.. many.OfType<string>()],
        TupleValue many => [.. many.OfType<string>()],
        _ => [],
    };

    /// <summary>Names are unique in a schema, and the same in every run.</summary>
    static string Name(Build build, List<string> columns, bool unique)
    {
        var what = $"{build.Target.Identifier}({string.Join(',', columns)}){(unique ? " unique" : "")}";
        return $"__dbt_index_{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(what)))[..32]}";
    }

    static QuernException NoIndex(Build build, object? entry) => new(new Fault("QN7220", "an entry of `indexes` names no columns")
    {
        Where = build.Node.File,
        Value = PythonText.Represent(entry),
        Try = ["indexes: [{columns: [customer_id]}]"],
    });
}
