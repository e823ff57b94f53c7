using System.Collections.Concurrent;
using Quern.Jinja.Values;
using Quern.Projects.Nodes;

namespace Quern.Projects.Context;

// Names and values of YAML files.
public sealed partial class ProjectTemplates
{
    readonly ConcurrentDictionary<string, ValueTemplates> _values = new(StringComparer.Ordinal);

    /// <summary>Calls <c>generate_schema_name</c>, <c>generate_alias_name</c> or <c>generate_database_name</c>: the root project's own, else
    /// that of the node's package, else the default.</summary>
    /// <param name="macro">The macro's name.</param>
    /// <param name="custom">The name that configuration asks for; null for none.</param>
    /// <param name="node">The node, its configuration complete.</param>
    public string GenerateName(string macro, string? custom, Node node)
    {
        ArgumentNullException.ThrowIfNull(macro);
        ArgumentNullException.ThrowIfNull(node);
        var scope = new NodeScope(this, node, null);
        var callee = _macros.Find(Project.Root.Name, macro) ?? _macros.Resolve(macro, node.Package)
            ?? throw new InvalidOperationException($"The library lacks {macro}.");
        var values = NodeValues.Of(node, this);
        var name = Run(scope, NodeScope.Describe(node), _forgiving, null, rendering => rendering.Call(callee, [custom, values]));
        return PythonText.Of(name).Trim();
    }

    /// <summary>Renders a value of a YAML file with <c>env_var</c>, <c>var</c>, <c>target</c> and, where a package is given, its package's
    /// variables; native types: a text that is nothing but one expression becomes that expression's value.</summary>
    /// <param name="value">Text, or a list or dict of texts at any depth; other values stay as they are.</param>
    /// <param name="place">What errors call it: file and key.</param>
    /// <param name="package">Whose variables are seen; null for the root project's.</param>
    /// <param name="extra">Names beside the usual ones, such as <c>doc</c>. Default: none.</param>
    /// <exception cref="QuernException">QN70xx, QN71xx, exit code 2: it cannot be rendered.</exception>
    public object? RenderValue(object? value, string place, string? package = null, IReadOnlyDictionary<string, object?>? extra = null) =>
        _values.GetOrAdd(package ?? Project.Root.Name, name => new ValueTemplates(Invocation, Variables.For(name), Project.Target))
            .Render(value, place, extra);
}
