using Quern.Jinja.Values;

namespace Quern.Projects.Context;

/// <summary><c>graph</c>: everything the project defines, as dicts by id. Empty while parsing.</summary>
static class GraphValues
{
    public static Dict Empty() => Make(new Dict(), new Dict(), new Dict());

    public static Dict Of(Manifest manifest, ProjectTemplates templates)
    {
        var (nodes, sources, exposures) = (new Dict(), new Dict(), new Dict());
        foreach (var node in manifest.Nodes.Values) nodes[node.Id] = NodeValues.Of(node, templates);
        foreach (var table in manifest.Sources.Values) sources[table.Id] = NodeValues.Of(table, templates);
        foreach (var exposure in manifest.Exposures.Values) exposures[exposure.Id] = NodeValues.Of(exposure);
        return Make(nodes, sources, exposures);
    }

    static Dict Make(Dict nodes, Dict sources, Dict exposures) => new()
    {
        ["nodes"] = nodes,
        ["sources"] = sources,
        ["exposures"] = exposures,
        ["groups"] = new Dict(),
        ["metrics"] = new Dict(),
        ["semantic_models"] = new Dict(),
        ["saved_queries"] = new Dict(),
    };
}
