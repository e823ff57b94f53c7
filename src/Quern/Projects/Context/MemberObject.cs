using Quern.Jinja.Values;

namespace Quern.Projects.Context;

/// <summary>An object of the context that is nothing but named methods and values: <c>adapter</c>, <c>exceptions</c>, <c>api</c>.</summary>
sealed class MemberObject(string typeName, IReadOnlyDictionary<string, object?> members) : TemplateObject
{
    public override string TypeName => typeName;

    public override bool TryGetAttribute(string name, out object? value) => members.TryGetValue(name, out value);

    public static MemberObject Of(string typeName, params Function[] functions) =>
        new(typeName, functions.ToDictionary(f => f.Name, f => (object?)f, StringComparer.Ordinal));
}
