using Quern.Jinja;
using Quern.Jinja.Values;

namespace Quern.Projects.Context;

/// <summary><c>api.Relation</c> itself: <c>create</c> makes a relation, and there are names for its types.</summary>
sealed class RelationClass : TemplateObject
{
    static readonly Dictionary<string, object?> Members = new(StringComparer.Ordinal)
    {
        ["create"] = new Function("create", Relation.Make),
        ["add_ephemeral_prefix"] = new Function(
            "add_ephemeral_prefix", arguments => CteInjection.NameOf(arguments.Bind("add_ephemeral_prefix", 1, "name").Text(0))),
        ["Table"] = "table",
        ["View"] = "view",
        ["CTE"] = "cte",
        ["External"] = "external",
        ["get_default_quote_policy"] = new Function("get_default_quote_policy", _ => All()),
        ["get_default_include_policy"] = new Function("get_default_include_policy", _ => All()),
    };

    public static RelationClass Instance { get; } = new();

    public override string TypeName => "type";

    public override bool IsCallable => true;

    public override object? Call(Arguments arguments) => Relation.Make(arguments);

    public override bool TryGetAttribute(string name, out object? value) => Members.TryGetValue(name, out value);

    static Dict All() => new() { ["database"] = true, ["schema"] = true, ["identifier"] = true };
}
