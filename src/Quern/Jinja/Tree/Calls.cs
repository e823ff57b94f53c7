using Quern.Jinja.Filters;
using Quern.Jinja.Methods;
using Quern.Jinja.Values;

namespace Quern.Jinja.Tree;

/// <summary>What stands in the parentheses of a call: <c>(a, *rest, name=b, **others)</c>.</summary>
sealed class ArgumentList(
    Expression[] positional, NamedArgument[] named, Expression? rest, Expression? others)
{
    public static readonly ArgumentList None = new([], [], null, null);

    public Expression[] Positional { get; } = positional;

    public NamedArgument[] Named { get; } = named;

    public bool HasUnpacking => rest is not null || others is not null;

    public IEnumerable<Node> Children =>
        Positional.Concat(Named.Select(pair => pair.Value)).Concat(new[] { rest, others }.OfType<Expression>());

    public Arguments Evaluate(Frame frame, KeyValuePair<string, object?>? caller = null)
    {
        var values = new object?[Positional.Length];
        for (var i = 0; i < values.Length; i++) values[i] = Positional[i].Evaluate(frame);
        if (rest is not null)
        {
            var more = Iteration.Over(rest.Evaluate(frame));
            Meter.ChargeItems(more.Count);
            values = [.. values, .. more];
        }

        if (Named.Length == 0 && others is null && caller is null) return new Arguments(frame.Rendering, values);
        var names = new KeyValuePair<string, object?>[Named.Length];
        for (var i = 0; i < names.Length; i++)
            names[i] = KeyValuePair.Create(Named[i].Name, Named[i].Value.Evaluate(frame));
        if (others is not null) names = [.. names, .. Unpack(others.Evaluate(frame))];
        if (caller is { } own) names = [.. names, own];
        return new Arguments(frame.Rendering, values, names);
    }

    static KeyValuePair<string, object?>[] Unpack(object? mapping)
    {
        switch (mapping)
        {
            case Dict dict:
                Meter.ChargeItems(dict.Count);
                return
                [
                    .. dict.Select(entry => entry.Key is string name
                        ? KeyValuePair.Create(name, entry.Value)
                        : throw TemplateFailure.Type("the keys after ** must be texts")),
                ];
            case Undefined { IsForgiving: true }:
                return [];
            case Undefined undefined:
                throw undefined.Failure();
            default:
                throw TemplateFailure.Type($"the value after ** must be a dict, not {Value.TypeName(mapping)}");
        }
    }
}

/// <summary><c>callee(...)</c>.</summary>
sealed class Call(Expression callee, ArgumentList arguments) : Expression(callee.At)
{
    public Expression Callee { get; } = callee;

    public ArgumentList Arguments { get; } = arguments;

    public override IEnumerable<Node> Children => Arguments.Children.Prepend(Callee);

    public override object? Evaluate(Frame frame) => Evaluate(frame, null);

    public object? Evaluate(Frame frame, KeyValuePair<string, object?>? caller)
    {
        Meter.Descend();
        if (Callee is not Member member) return Invoke(frame, Callee.Evaluate(frame), caller);

        var target = member.Target.Evaluate(frame);
        if (target is not (null or TemplateObject or Undefined) &&
            MethodTable.Find(target, member.Name) is { } method)
        {
            var passed = Arguments.Evaluate(frame, caller);
            frame.At = At;
            return method(target, passed);
        }

        frame.At = member.At;
        return Invoke(frame, Lookup.Attribute(target, member.Name, frame.Mode), caller);
    }

    /// <summary>
    /// The dotted name of what is called, such as <c>adapter.dispatch</c>, and where it begins; null when it is not a
    /// name.
    /// </summary>
    public NameReference? CalleeName(out string dotted)
    {
        dotted = "";
        var part = Callee;
        for (; part is Member member; part = member.Target) dotted = "." + member.Name + dotted;
        if (part is not NameReference name) return null;
        dotted = name.Name + dotted;
        return name;
    }

    object? Invoke(Frame frame, object? callee, KeyValuePair<string, object?>? caller)
    {
        if (callee is Undefined { IsForgiving: false } undefined)
        {
            frame.At = At;
            throw undefined.Failure();
        }

        var passed = Arguments.Evaluate(frame, caller);
        frame.At = At;
        return Rendering.Invoke(callee, passed);
    }
}

/// <summary>
/// <c>value | name(...)</c>. In a filter block the value is the block's text and <paramref name="value"/> is null.
/// </summary>
sealed class FilterCall(int at, Expression? value, string name, ArgumentList arguments) : Expression(at)
{
    public string Name { get; } = name;

    public override IEnumerable<Node> Children =>
        value is null ? arguments.Children : arguments.Children.Prepend(value);

    public override object? Evaluate(Frame frame) =>
        Apply(frame, value is null ? throw new InvalidOperationException("no value") : value.Evaluate(frame));

    /// <summary>Sends a block's text through the chain of filters that this one ends.</summary>
    public object? ApplyToBlock(Frame frame, string text) =>
        Apply(frame, value is FilterCall inner ? inner.ApplyToBlock(frame, text) : text);

    object? Apply(Frame frame, object? left)
    {
        Meter.Descend();
        var filter = FilterTable.Find(frame.Template.Environment, Name);
        var passed = arguments.Evaluate(frame);
        frame.At = At;
        if (filter is null) throw FilterTable.Unknown(frame.Template.Environment, Name);
        return Value.From(filter(left, passed));
    }
}

/// <summary><c>value is name(...)</c>.</summary>
sealed class TestCall(int at, Expression value, string name, ArgumentList arguments) : Expression(at)
{
    public string Name { get; } = name;

    public override IEnumerable<Node> Children => arguments.Children.Prepend(value);

    public override object Evaluate(Frame frame)
    {
        Meter.Descend();
        var left = value.Evaluate(frame);
        var test = TestTable.Find(frame.Template.Environment, Name);
        var passed = arguments.Evaluate(frame);
        frame.At = At;
        if (test is null) throw TestTable.Unknown(frame.Template.Environment, Name);
        return Value.Box(test(left, passed));
    }
}
