namespace Quern.Jinja.Values;

/// <summary>
/// <c>return(value)</c>: ends the macro it is called in and makes the value, as it is, the macro's result in place of
/// its text. Offered where a caller adds it to the globals, usually as <c>return</c>.
/// </summary>
public sealed class ReturnFunction : TemplateObject
{
    ReturnFunction()
    {
    }

    /// <summary>The one function there is.</summary>
    public static ReturnFunction Instance { get; } = new();

    /// <inheritdoc/>
    public override string TypeName => "function";

    /// <inheritdoc/>
    public override bool IsCallable => true;

    /// <inheritdoc/>
    public override object? Call(Arguments arguments) => throw new MacroReturn(ValueOf(arguments));

    /// <inheritdoc/>
    public override string ToString() => "<function return>";

    internal static object? ValueOf(Arguments arguments) => arguments.Bind("return", 0, "data")[0];
}

/// <summary>
/// A return that unwinds through an expression to the macro around it. Where the call stands alone, as it nearly always
/// does, the statement hands the value on without an exception.
/// </summary>
sealed class MacroReturn(object? value) : Exception("return outside of a macro")
{
    public object? Value { get; } = value;
}
