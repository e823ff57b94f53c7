using System.Security.Cryptography;
using System.Text;
using Quern.Duck;
using Quern.Jinja.Values;

namespace Quern.Models.Materializations;

/// <summary>The indexes that a node's configuration asks for.</summary>
static class Indexes
{
    static readonly string[] Known = ["columns", "unique"];

    /// <summary>Makes them on a table that has just been made. Unknown keys of an entry get one warning (specification section 0, point 3).</summary>
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
