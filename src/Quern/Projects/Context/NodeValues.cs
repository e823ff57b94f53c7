using Quern.Jinja.Values;
using Quern.Projects.Nodes;

namespace Quern.Projects.Context;

/// <summary>A node as templates and artifacts see it: a dict with dbt's names.</summary>
static class NodeValues
{
    public static Dict Of(Node node, ProjectTemplates templates) => new()
    {
        ["unique_id"] = node.Id,
        ["name"] = node.Name,
        ["resource_type"] = node.Kind.Name(),
        ["package_name"] = node.Package,
        ["path"] = node.PathInRoot,
        ["original_file_path"] = node.File,
        ["database"] = node.Database,
        ["schema"] = node.Schema,
        ["alias"] = node.Alias,
        ["config"] = node.Config.Values,
        ["relation_name"] = templates.RelationOf(node).Render(),
    };
}
