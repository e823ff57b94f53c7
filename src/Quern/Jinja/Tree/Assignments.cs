using Quern.Jinja.Values;

namespace Quern.Jinja.Tree;

/// <summary><c>{% set target = value %}</c>.</summary>
sealed class Assignment(int at, Target target, Expression value) : Statement(at)
{
    public Target Target { get; } = target;

    public Expression Value { get; } = value;

    public override IEnumerable<Node> Children => [Target, Value];

    public override Signal Execute(Frame frame)
    {
        Meter.Step();
        var result = Value.Evaluate(frame);
        Target.Assign(frame, frame.Scope, result);
        return Signal.None;
    }
}

/// <summary><c>{% set target %}text{% endset %}</c>, through filters where some are named.</summary>
sealed class BlockAssignment(int at, Target target, FilterCall? filter, Statement[] body) : Statement(at)
{
    public override IEnumerable<Node> Children =>
        filter is null ? [target, .. body] : [target, filter, .. body];

    public override Signal Execute(Frame frame)
    {
        Meter.Descend();
        var signal = frame.Capture(body, new Scope(frame.Scope), out var text);
        if (signal == Signal.Return) return signal;
        target.Assign(frame, frame.Scope, filter is null ? text : filter.ApplyToBlock(frame, text));
        return signal;
    }
}

/// <summary><c>{% filter name %}text{% endfilter %}</c>.</summary>
sealed class FilterBlock(int at, FilterCall filter, Statement[] body) : Statement(at)
{
    public override IEnumerable<Node> Children => [filter, .. body];

    public override Signal Execute(Frame frame)
    {
        Meter.Descend();
        var signal = frame.Capture(body, new Scope(frame.Scope), out var text);
        if (signal != Signal.Return) frame.Write(PythonText.Of(filter.ApplyToBlock(frame, text)));
        return signal;
    }
}

/// <summary><c>{% with a=1, b=2 %}...{% endwith %}</c>: names that hold inside only.</summary>
sealed class WithBlock(int at, Binding[] names, Statement[] body) : Statement(at)
{
    public override IEnumerable<Node> Children =>
        names.SelectMany(pair => new Node[] { pair.Target, pair.Value }).Concat(body);

    public override Signal Execute(Frame frame)
    {
        Meter.Descend();
        var scope = new Scope(frame.Scope);
        foreach (var (target, value) in names) target.Assign(frame, scope, value.Evaluate(frame));
        return frame.RunScoped(body, scope);
    }
}
