using System.Text.RegularExpressions;
using Quern.Jinja;
using Quern.Jinja.Values;
using Quern.Projects.Nodes;

namespace Quern.Projects.Context;

/// <summary>The arguments of a generic test as its macro takes them: what YAML gives, rendered, then the relation it tests.</summary>
/// <remarks>A text that looks like a call of <c>ref</c>, <c>source</c>, <c>var</c>, <c>env_var</c> or <c>doc</c> is one.</remarks>
static partial class GenericTestArguments
{
    /// <summary>The name that the text of a test spreads into the call of its macro.</summary>
    public const string Name = "_dbt_generic_test_kwargs";

    public static Dict Of(Node node, NodeScope scope, Globals names)
    {
        var test = node.Test!;
        var arguments = new Dict();
        foreach (var (name, value) in test.Arguments) arguments[name] = Render(value, name is "column_name", node, scope, names);
        var model = $"{{{{ get_where_subquery({Call(test.AttachedTo)}) }}}}";
        if (!arguments.ContainsKey("model")) arguments["model"] = Evaluate(model, node, scope, names);
        return arguments;
    }

    /// <summary>The call that gives a node or source by its id.</summary>
    static string Call(string id)
    {
        var parts = id.Split('.');
        if (parts[0] == "source") return $"source('{parts[2]}', '{string.Join('.', parts[3..])}')";
        var hasVersion = parts.Length > 3 && parts[^1].StartsWith('v');
        return hasVersion
            ? $"ref('{parts[1]}', '{string.Join('.', parts[2..^1])}', version='{parts[^1][1..]}')"
            : $"ref('{string.Join('.', parts[2..])}')";
    }

    static object? Render(object? value, bool isColumn, Node node, NodeScope scope, Globals names) => value switch
    {
        string text when isColumn => Template.HasMarks(text) ? PythonText.Of(Evaluate(text, node, scope, names)) : text,
        string text when LooksLikeCall().IsMatch(text) => Evaluate($"{{{{ {text} }}}}", node, scope, names),
        string text => Template.HasMarks(text) ? Evaluate(text, node, scope, names) : text,
        List<object?> list => new List<object?>(list.Select(v => Render(v, false, node, scope, names))),
        Dict dict => RenderEntries(dict, node, scope, names),
        _ => value,
    };

    static Dict RenderEntries(Dict dict, Node node, NodeScope scope, Globals names)
    {
        var rendered = new Dict();
        foreach (var (key, value) in dict) rendered[key] = Render(value, false, node, scope, names);
        return rendered;
    }

    static object? Evaluate(string text, Node node, NodeScope scope, Globals names)
    {
        var template = scope.Templates.ParseTemplate(text, node.File, scope);
        return new Rendering(template.Environment, names) { State = scope }.Evaluate(template);
    }

    [GeneratedRegex(@"^\s*(env_var|ref|var|source|doc)\s*\(.+\)\s*$")]
    private static partial Regex LooksLikeCall();
}
