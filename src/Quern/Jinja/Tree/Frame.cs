using System.Text;
using Quern.Jinja.Values;

namespace Quern.Jinja.Tree;

/// <summary>One template or macro being run: its names, where it writes, and where it is.</summary>
sealed class Frame(Rendering rendering, Template template, Scope scope, StringBuilder output, string? macro)
{
    List<object?>? _values;
    StringBuilder? _kept;

    public Rendering Rendering { get; } = rendering;

    public Template Template { get; } = template;

    /// <summary>The macro's name; null for a template.</summary>
    public string? Macro { get; } = macro;

    public Scope Scope { get; set; } = scope;

    public StringBuilder Output { get; set; } = output;

    /// <summary>The piece that runs, for error messages: kept by the pieces that can fail or call.</summary>
    public int At { get; set; }

    /// <summary>The value of a <c>return</c> on its way out of the macro.</summary>
    public object? Returned { get; set; }

    /// <summary>The blocks that templates extending this one replace; null where no template has any.</summary>
    public Inheritance? Inheritance { get; set; }

    public UndefinedMode Mode => Rendering.Undefined ?? Template.Environment.Undefined;

    /// <summary>
    /// The value of a name: block by block outwards, then the globals, then those of the environment.
    /// </summary>
    public object? Resolve(string name) => TryResolve(name, out var value) ? value : Undefined.Name(name, Mode);

    public bool TryResolve(string name, out object? value) =>
        Scope.TryGet(Scope, name, out value)
        || Rendering.Globals.TryGet(name, out value)
        || Template.Environment.Globals.TryGet(name, out value);

    /// <summary>Runs statements in a block of their own names.</summary>
    public Signal RunScoped(Statement[] body, Scope scope)
    {
        var outer = Scope;
        Scope = scope;
        var signal = Statement.Run(body, this);
        Scope = outer;
        return signal;
    }

    /// <summary>Runs statements and gives what they write instead of writing it.</summary>
    public Signal Capture(Statement[] body, Scope scope, out string text)
    {
        var outer = Output;
        Output = Rendering.Rent();
        var signal = RunScoped(body, scope);
        text = Rendering.Release(Output);
        Output = outer;
        return signal;
    }

    /// <summary>
    /// Keeps what is written at the top level as values from here on, for <see cref="Rendering.Evaluate"/>.
    /// </summary>
    public List<object?> KeepValues()
    {
        _kept = Output;
        return _values = [];
    }

    public void Write(string text)
    {
        Meter.ChargeText(text.Length);
        if (_values is not null && Output == _kept) _values.Add(text);
        else Output.Append(text);
    }

    public void WriteValue(object? value)
    {
        if (_values is not null && Output == _kept) _values.Add(value);
        else Write(PythonText.Of(value));
    }
}
