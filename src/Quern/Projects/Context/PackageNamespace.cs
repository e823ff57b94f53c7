using Quern.Jinja.Values;

namespace Quern.Projects.Context;

/// <summary>The macros of a package under its name: <c>abacus.to_amount</c>.</summary>
sealed class PackageNamespace(string package, IReadOnlyDictionary<string, object> macros) : TemplateObject
{
    public override string TypeName => $"package '{package}'";

    public override bool IsMapping => true;

    public override int? Length => macros.Count;

    public override IEnumerable<object?> Items => macros.Keys;

    public override bool TryGetAttribute(string name, out object? value) => TryGetItem(name, out value);

    public override bool TryGetItem(object? key, out object? value)
    {
        value = key is string name && macros.TryGetValue(name, out var macro) ? macro : null;
        return value is not null;
    }
}
