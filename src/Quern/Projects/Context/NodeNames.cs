using Quern.Jinja;
using Quern.Projects.Nodes;

namespace Quern.Projects.Context;

/// <summary>The names of one rendering: those that depend on the node, above those of its package.</summary>
static class NodeNames
{
    public static Globals Make(NodeScope scope, Globals below, IReadOnlyDictionary<string, object?>? extra)
    {
        var names = new Globals(below)
        {
            ["execute"] = !scope.IsParsing,
        };
        names["context"] = names;
        if (scope.Node is { } node && node.Kind != ResourceKind.Operation)
            names.AddLate("this", () => scope.Templates.RelationOf(node));
        else
            names["this"] = null;
        if (scope.Node is { } self)
        {
            names.AddLate("model", () => NodeValues.Of(self, scope.Templates, scope.Batch));
            if (self.Test is not null) names.AddLate(GenericTestArguments.Name, () => GenericTestArguments.Of(self, scope, names));
        }
        names.AddLate("graph", () => scope.IsParsing ? GraphValues.Empty() : scope.Templates.Graph);
        names.AddLate("selected_resources", () => new List<object?>(scope.Templates.SelectedResources));
        if (extra is not null)
        {
            foreach (var (name, value) in extra) names[name] = value;
        }
        return names;
    }
}
