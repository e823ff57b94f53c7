using Quern.Jinja.Values;
using Quern.Models.Results;
using Quern.Projects.Context;
using Quern.Projects.Nodes;

namespace Quern.Models.Hooks;

/// <summary>A result as the templates of on-run-end see it.</summary>
/// <param name="result">The result.</param>
/// <param name="templates">Knows nodes as templates see them.</param>
sealed class ResultValue(NodeResult result, ProjectTemplates templates) : TemplateObject
{
    /// <inheritdoc/>
    public override string TypeName => "RunResult";

    /// <inheritdoc/>
    public override bool TryGetAttribute(string name, out object? value)
    {
        value = name switch
        {
            "status" => result.Status.Name(),
            "node" => NodeOf(result.Node),
            "unique_id" => result.Node.Id,
            "message" => result.Message,
            "failures" => result.Failures,
            "execution_time" => result.Seconds,
            "thread_id" => result.Thread,
            "adapter_response" => result.Response,
            "timing" => new List<object?> { Timing("compile", result.Compiling), Timing("execute", result.Executing) },
            "to_dict" => new Function("to_dict", _ => AsDict()),
            _ => Nothing,
        };
        return !ReferenceEquals(value, Nothing);
    }

    static readonly object Nothing = new();

    Dict AsDict()
    {
        var dict = new Dict();
        foreach (var name in new[] { "status", "timing", "thread_id", "execution_time", "adapter_response", "message", "failures", "node", "unique_id" })
        {
            TryGetAttribute(name, out var value);
            dict[name] = value;
        }
        return dict;
    }

    Dict NodeOf(Resource resource) => resource is Node node
        ? NodeValues.Of(node, templates)
        : new Dict { ["unique_id"] = resource.Id, ["name"] = resource.Name, ["resource_type"] = resource.Kind.Name(), ["package_name"] = resource.Package };

    static Dict Timing(string name, (DateTimeOffset Start, DateTimeOffset End)? span) => new()
    {
        ["name"] = name,
        ["started_at"] = span?.Start,
        ["completed_at"] = span?.End,
    };
}
