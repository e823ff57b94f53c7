using Quern.Jinja.Values;
using Quern.Models.Hooks;
using Quern.Projects;
using Quern.Projects.Context;
using Quern.Projects.Nodes;
using Quern.Projects.Warehouses;

namespace Quern.Models.Materializations;

/// <summary>A <c>materialization</c> block of a project: a macro that lands the node itself, hooks and commit included.</summary>
static class CustomMaterialization
{
    const string Take = "quern_take_relations";

    /// <summary>The macro for a node; null when the project and its packages have none. One for DuckDB goes before one for any database, the
    /// root project before packages.</summary>
    public static string? Find(LoadedProject project, Node node)
    {
        var ways = new[] { $"materialization_{node.Config.Materialized}_duckdb", $"materialization_{node.Config.Materialized}_default" };
        var packages = new[] { project.Set.Root.Name, node.Package }.Concat(project.Set.Packages.Select(p => p.Name)).Distinct();
        return packages.SelectMany(p => ways.Select(w => (Package: p, Way: w)))
            .Where(c => project.Templates.Macros.ContainsKey($"macro.{c.Package}.{c.Way}")).Select(c => $"{c.Package}.{c.Way}").FirstOrDefault();
    }

    /// <summary>Runs it and notes the relations that it returns.</summary>
    /// <param name="project">The project.</param>
    /// <param name="build">The model.</param>
    /// <param name="macro">As <see cref="Find"/> gives it.</param>
    public static Landed Land(LoadedProject project, Build build, string macro)
    {
        object? returned = null;
        var names = new Dictionary<string, object?>
        {
            ["sql"] = build.Sql,
            ["compiled_code"] = build.Sql,
            ["pre_hooks"] = Hooks(build.Node, "pre-hook"),
            ["post_hooks"] = Hooks(build.Node, "post-hook"),
            [Take] = new Function(Take, arguments =>
            {
                returned = arguments.Positional[0];
                return "";
            }),
        };
        var session = build.Session;
        session.Begin();
        project.Templates.Render($"{{% do {Take}({macro}()) %}}", build.Node.File, build.Node, session, names);
        session.Commit();
        if (returned is Dict { } result && result["relations"] is List<object?> relations)
        {
            foreach (var relation in relations.OfType<Relation>())
                session.Created(relation, relation.Kind ?? RelationKind.Table);
        }
        return new Landed(Landed.Ok);
    }

    static List<object?> Hooks(Node node, string key) =>
        [.. Hook.Of(node, key).Select(h => (object?)new Dict { ["sql"] = h.Sql, ["transaction"] = h.InTransaction })];
}
