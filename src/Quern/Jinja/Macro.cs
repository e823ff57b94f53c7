using Quern.Jinja.Tree;
using Quern.Jinja.Values;

namespace Quern.Jinja;

/// <summary>
/// A macro: a piece of template that is called like a function. Called, it gives its text, or the value of the
/// <c>return</c> it ran into. Names that are neither its own nor of the template around it are looked up in the globals
/// of the rendering that calls it.
/// </summary>
public sealed class Macro : TemplateObject
{
    readonly MacroDefinition _definition;
    readonly Scope? _around;

    internal Macro(MacroDefinition definition, Template template, Scope? around) =>
        (_definition, Template, _around) = (definition, template, around);

    /// <summary>Its name; <c>caller</c> for the body of a call block.</summary>
    public string Name => _definition.Name;

    /// <summary>The template that defines it.</summary>
    public Template Template { get; }

    /// <summary>Where it is defined: <c>path:line:column</c>.</summary>
    public string Place => Template.Source.Place(_definition.At);

    /// <summary>The names of its parameters in order.</summary>
    public IReadOnlyList<string> Parameters => [.. _definition.Parameters.Select(parameter => parameter.Name)];

    /// <inheritdoc/>
    public override string TypeName => "Macro";

    /// <inheritdoc/>
    public override bool IsCallable => true;

    /// <summary>The calls that stand in its body and its defaults.</summary>
    public IReadOnlyList<CallSite> Calls() => CallSite.Find(_definition, Template.Source);

    /// <inheritdoc/>
    public override object? Call(Arguments arguments)
    {
        ArgumentNullException.ThrowIfNull(arguments);
        Meter.Descend();
        Meter.Charge(256);
        var rendering = arguments.Rendering;
        var scope = new Scope(_around);
        Bind(arguments, scope);
        var frame = new Frame(rendering, Template, scope, rendering.Rent(), Name) { At = _definition.At };
        var depth = rendering.Enter(frame);
        try
        {
            FillDefaults(frame, scope);
            var signal = Statement.Run(_definition.Body, frame);
            rendering.Leave();
            var text = rendering.Release(frame.Output);
            if (signal != Signal.Return) return text;
        }
        catch (MacroReturn early) when (!IsCallBody)
        {
            rendering.Unwind(depth);
            return early.Value;
        }

        return IsCallBody ? throw new MacroReturn(frame.Returned) : frame.Returned;
    }

    /// <inheritdoc/>
    public override bool TryGetAttribute(string name, out object? value)
    {
        value = name switch
        {
            "name" => Name,
            "arguments" => new TupleValue([.. Parameters]),
            "catch_varargs" => _definition.TakesMore,
            "catch_kwargs" => _definition.TakesAnyName,
            "caller" => _definition.TakesCaller,
            _ => null,
        };
        return value is not null;
    }

    /// <inheritdoc/>
    public override string ToString() => $"<Macro '{Name}'>";

    /// <summary>
    /// Whether this is the body of a call block: a return in it ends the macro that called it, not the body.
    /// </summary>
    bool IsCallBody => _definition.IsCallBody;

    void Bind(Arguments arguments, Scope scope)
    {
        var parameters = _definition.Parameters;
        var positional = arguments.Positional;
        for (var i = 0; i < parameters.Length && i < positional.Count; i++)
            scope.Set(parameters[i].Name, positional[i]);
        var others = new Dict();
        object? caller = null;
        foreach (var (name, value) in arguments.Named)
        {
            var at = IndexOf(name);
            if (at >= positional.Count) scope.Set(name, value);
            else if (at >= 0) throw Wrong($"got two values for '{name}'");
            else if (name == "caller" && _definition.TakesCaller) caller = value;
            else if (_definition.TakesAnyName) others[name] = value;
            else if (name == "caller") throw NoCaller();
            else throw Wrong($"takes no keyword argument '{name}'");
        }

        if (positional.Count > parameters.Length && !_definition.TakesMore)
            throw Wrong($"takes not more than {parameters.Length} argument(s)");

        if (_definition.TakesMore) scope.Set("varargs", new TupleValue([.. positional.Skip(parameters.Length)]));
        if (_definition.TakesAnyName) scope.Set("kwargs", others);
        if (_definition.TakesCaller && IndexOf("caller") < 0)
        {
            var kind = arguments.Rendering.Undefined ?? Template.Environment.Undefined;
            scope.Set("caller", caller ?? Undefined.Because("No caller defined", kind));
        }
    }

    int IndexOf(string name)
    {
        var parameters = _definition.Parameters;
        for (var i = 0; i < parameters.Length; i++)
            if (parameters[i].Name == name) return i;
        return -1;
    }

    void FillDefaults(Frame frame, Scope scope)
    {
        foreach (var (name, value) in _definition.Parameters)
        {
            if (scope.Contains(name)) continue;
            scope.Set(name, value is null
                ? Undefined.Because($"parameter '{name}' was not provided", frame.Mode)
                : value.Evaluate(frame));
        }
    }

    TemplateFailure NoCaller() => TemplateFailure.Arguments(
        $"macro '{Name}' takes no call block", "the macro must use caller() for the block's text to appear");

    TemplateFailure Wrong(string how) => TemplateFailure.Arguments(
        $"macro '{Name}' {how}", $"{Name}({string.Join(", ", Parameters)}) is defined at {Place}");
}
