namespace Quern.Jinja.Values;

/// <summary>A .NET function that templates can call, with attributes of its own where it has some.</summary>
/// <param name="name">Its name in error messages.</param>
/// <param name="body">Takes the arguments; what it returns goes through <see cref="Value.From"/>.</param>
/// <param name="attributes">Values by name, as in <c>var.has_var</c>. Default: none.</param>
public sealed class Function(
    string name, Func<Arguments, object?> body, IReadOnlyDictionary<string, object?>? attributes = null)
    : TemplateObject
{
    /// <summary>Its name in error messages.</summary>
    public string Name { get; } = name;

    /// <inheritdoc/>
    public override string TypeName => "function";

    /// <inheritdoc/>
    public override bool IsCallable => true;

    /// <inheritdoc/>
    public override object? Call(Arguments arguments) => body(arguments);

    /// <inheritdoc/>
    public override bool TryGetAttribute(string name, out object? value)
    {
        if (attributes is not null) return attributes.TryGetValue(name, out value);
        value = null;
        return false;
    }

    /// <inheritdoc/>
    public override string ToString() => $"<function {Name}>";
}
