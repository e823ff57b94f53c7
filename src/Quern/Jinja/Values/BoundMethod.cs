using Quern.Jinja.Methods;

namespace Quern.Jinja.Values;

/// <summary>A method of a built-in value that was named without being called: <c>d.items</c>.</summary>
sealed class BoundMethod(object target, string name, Method method) : TemplateObject
{
    public override string TypeName => "builtin_function_or_method";

    public override bool IsCallable => true;

    public override object? Call(Arguments arguments) => method(target, arguments);

    public override string ToString() => $"<built-in method {name} of {Value.TypeName(target)} object>";
}
