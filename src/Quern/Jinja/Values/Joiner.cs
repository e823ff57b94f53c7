namespace Quern.Jinja.Values;

/// <summary>
/// What <c>joiner(', ')</c> makes: called, it gives nothing the first time and the separator after that.
/// </summary>
sealed class Joiner(object? separator) : TemplateObject
{
    bool _used;

    public override string TypeName => "Joiner";

    public override bool IsCallable => true;

    public override object? Call(Arguments arguments)
    {
        if (_used) return separator;
        _used = true;
        return "";
    }
}
