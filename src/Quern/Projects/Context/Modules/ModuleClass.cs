using Quern.Jinja;
using Quern.Jinja.Values;

namespace Quern.Projects.Context.Modules;

/// <summary>A class of a module: called it makes a value.</summary>
sealed class ModuleClass(string name, Func<Arguments, object?> make, IReadOnlyDictionary<string, object?> members) : TemplateObject
{
    public override string TypeName => "type";

    public override bool IsCallable => true;

    public override object? Call(Arguments arguments) => make(arguments);

    public override bool TryGetAttribute(string member, out object? value) => members.TryGetValue(member, out value);

    public override string ToString() => $"<class '{name}'>";
}
