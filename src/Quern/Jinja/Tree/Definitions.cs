namespace Quern.Jinja.Tree;

/// <summary><c>{% macro name(parameters) %}...{% endmacro %}</c>.</summary>
sealed class MacroDefinition(int at, string name, Parameter[] parameters, Statement[] body) : Statement(at)
{
    public string Name { get; } = name;

    public Parameter[] Parameters { get; } = parameters;

    public Statement[] Body { get; } = body;

    /// <summary>Whether the body mentions <c>varargs</c>: then more values than parameters may be passed.</summary>
    public bool TakesMore { get; init; }

    /// <summary>Whether the body mentions <c>kwargs</c>: then unknown names may be passed.</summary>
    public bool TakesAnyName { get; init; }

    /// <summary>Whether the body mentions <c>caller</c>: then it may be used in a call block.</summary>
    public bool TakesCaller { get; init; }

    /// <summary>Whether it is the body of a call block.</summary>
    public bool IsCallBody { get; init; }

    public override IEnumerable<Node> Children =>
        Parameters.Select(parameter => parameter.Default).OfType<Node>().Concat(Body);

    public override Signal Execute(Frame frame)
    {
        Meter.Charge(64);
        frame.Scope.Set(Name, new Macro(this, frame.Template, frame.Scope));
        return Signal.None;
    }
}

/// <summary>
/// <c>{% call(x) macro(...) %}body{% endcall %}</c>: the body is handed to the macro as <c>caller</c>.
/// </summary>
sealed class CallBlock(int at, Call call, MacroDefinition body) : Statement(at)
{
    public override IEnumerable<Node> Children => [call, body];

    public override Signal Execute(Frame frame)
    {
        Meter.Descend();
        var caller = new Macro(body, frame.Template, frame.Scope);
        var value = call.Evaluate(frame, new KeyValuePair<string, object?>("caller", caller));
        frame.At = At;
        frame.WriteValue(value);
        return Signal.None;
    }
}

/// <summary>A block of a kind that the environment's owner added, such as <c>{% snapshot name %}</c>.</summary>
sealed class TagBlock(int at, NamedBlock block, MacroDefinition? macro, Statement[] body) : Statement(at)
{
    public NamedBlock Block { get; } = block;

    public MacroDefinition? Macro { get; } = macro;

    public override IEnumerable<Node> Children => Macro is null ? body : [Macro];

    public override Signal Execute(Frame frame) => Macro?.Execute(frame) ?? Signal.None;
}
