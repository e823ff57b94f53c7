using Quern.Projects.Context;
using Quern.Projects.Nodes;

namespace Quern.Projects.Reading;

/// <summary>Gives nodes their database, schema and alias (specification section 2.2).</summary>
/// <remarks>The macros that decide are called only where a project or package brings its own; their defaults are done here.</remarks>
sealed class RelationNames
{
    readonly ProjectTemplates _templates;
    readonly Target _target;
    readonly HashSet<string> _own = new(StringComparer.Ordinal);

    /// <summary>Looks which macros the project brings.</summary>
    public RelationNames(ProjectTemplates templates, ProjectSet set)
    {
        _templates = templates;
        _target = set.Target;
        var packages = set.Packages.Select(p => p.Name).ToHashSet(StringComparer.Ordinal);
        foreach (var macro in templates.Macros.Values)
        {
            if (!packages.Contains(macro.Package)) continue;
            var name = macro.Id[(macro.Id.LastIndexOf('.') + 1)..];
            foreach (var decider in new[] { "generate_schema_name", "generate_alias_name", "generate_database_name" })
                if (name == decider || name == "default__" + decider || name == "duckdb__" + decider) _own.Add(decider);
        }
    }

    /// <summary>Where the project runs.</summary>
    public Target Target => _target;

    /// <summary>Sets the three names from the node's configuration.</summary>
    public void Set(Node node)
    {
        var config = node.Config;
        node.Database = config.Text("target_database") ?? Name("generate_database_name", config.Text("database"), node);
        node.Schema = config.Text("target_schema") ?? Name("generate_schema_name", config.Text("schema"), node);
        node.Alias = Name("generate_alias_name", config.Text("alias"), node);
    }

    string Name(string macro, string? custom, Node node)
    {
        if (_own.Contains(macro)) return _templates.GenerateName(macro, custom, node).Trim();
        custom = custom?.Trim();
        var given = !string.IsNullOrEmpty(custom);
        return macro switch
        {
            "generate_schema_name" => given ? $"{_target.Schema}_{custom}" : _target.Schema,
            "generate_database_name" => given ? custom! : _target.Database,
            _ when given => custom!,
            _ when node.Version is { } version => $"{node.Name}_v{Settings.Texts.Of(version)?.Replace('.', '_')}",
            _ => node.Name,
        };
    }
}
