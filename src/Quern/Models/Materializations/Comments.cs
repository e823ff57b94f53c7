using Quern.Duck;
using Quern.Jinja.Values;
using Quern.Projects.Warehouses;

namespace Quern.Models.Materializations;

/// <summary>Descriptions kept in the database, where <c>persist_docs</c> asks for them.</summary>
static class Comments
{
    /// <summary>Writes them; columns that YAML describes and the relation lacks are left out.</summary>
    public static void Write(Build build, RelationKind kind)
    {
        if (build.Config["persist_docs"] is not Dict wanted) return;
        var word = kind == RelationKind.Table ? "table" : "view";
        if (wanted["relation"] is true && build.Node.Description.Length > 0)
            build.Session.Execute($"comment on {word} {build.Target.Render()} is {Sql.Text(build.Node.Description)}");
        if (wanted["columns"] is not true || build.Node.Columns.Count == 0) return;
        foreach (var column in build.Session.Columns(build.Target))
        {
            if (build.Node.Columns.TryGetValue(column.Name, out var info) && info.Description.Length > 0)
                build.Session.Execute($"comment on column {build.Target.Render()}.{Sql.Name(column.Name)} is {Sql.Text(info.Description)}");
        }
    }
}
