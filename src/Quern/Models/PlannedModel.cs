using Quern.Projects;
using Quern.Projects.Context;
using Quern.Projects.Nodes;
using Quern.Projects.Warehouses;

namespace Quern.Models;

/// <summary>A model that is to be built: a table or a view.</summary>
/// <param name="Node">The model.</param>
/// <param name="Relation">What it makes.</param>
/// <param name="Sql">Its query: one SELECT.</param>
public sealed record PlannedModel(Node Node, Relation Relation, string Sql)
{
    /// <summary>Whether it is computed once; else it is a view, computed when it is read.</summary>
    public bool IsTable => ModelLineage.IsTable(Node);

    /// <summary>Whether it can be built part by part, by the values of columns that its template names with <c>batch(column)</c>.</summary>
    public bool IsBatched => BatchMark.IsIn(Sql);

    /// <summary>The statement that builds it whole.</summary>
    public string Statement => Create(Sql);

    /// <summary>Plans what some models need.</summary>
    /// <param name="project">The project.</param>
    /// <param name="wanted">Ids of the models that are wanted.</param>
    /// <param name="session">The connection for queries that templates run.</param>
    /// <returns>The wanted models and those they need, each behind those it reads.</returns>
    /// <exception cref="QuernException">QN70xx, QN71xx: a template fails. QN7114: a model is neither view nor table.</exception>
    public static IReadOnlyList<PlannedModel> Of(LoadedProject project, IReadOnlyCollection<string> wanted, WarehouseSession session)
    {
        ArgumentNullException.ThrowIfNull(project);
        var nodes = ModelLineage.Needed(ModelLineage.Ordered(project.Manifest), wanted);
        return [.. nodes.Select(n => Plan(project.Templates, n, session))];
    }

    /// <summary>The statement that makes it of another query, such as that of its first part.</summary>
    internal string Create(string sql) => $"create or replace {(IsTable ? "table" : "view")} {Relation.Render()} as\n{sql.Trim()}";

    /// <summary>The query of one part.</summary>
    /// <param name="condition">Gives the SQL condition of the part on a column.</param>
    internal string SqlOf(Func<string, string> condition) => BatchMark.Replace(Sql, condition);

    static PlannedModel Plan(ProjectTemplates templates, Node node, WarehouseSession session)
    {
        if (node.Config.Materialized is "view" or "table")
            return new PlannedModel(node, templates.RelationOf(node), templates.Compile(node, session).Sql);
        throw new QuernException(new Fault("QN7114", "this way of materializing a model is not known")
        {
            Where = node.File,
            Value = $"\"{node.Config.Materialized}\"",
            Wanted = "view or table: what is built in one go",
            ExitCode = ExitCode.Usage,
        });
    }
}
