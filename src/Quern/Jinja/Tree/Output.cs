using Quern.Jinja.Values;

namespace Quern.Jinja.Tree;

/// <summary>Template text between tags.</summary>
sealed class Text(int at, string text) : Statement(at)
{
    public string Content { get; } = text;

    public override IEnumerable<Node> Children => [];

    public override Signal Execute(Frame frame)
    {
        frame.Write(Content);
        return Signal.None;
    }
}

/// <summary><c>{{ value }}</c> or, when <paramref name="isSilent"/>, <c>{% do value %}</c>.</summary>
sealed class Print(int at, Expression value, bool isSilent) : Statement(at)
{
    public Expression Value { get; } = value;

    public bool IsSilent { get; } = isSilent;

    public override IEnumerable<Node> Children => [Value];

    public override Signal Execute(Frame frame)
    {
        Meter.Step();
        if (Value is Call { Callee: NameReference callee } call && frame.Macro is not null &&
            frame.Resolve(callee.Name) is ReturnFunction)
        {
            frame.At = call.At;
            frame.Returned = ReturnFunction.ValueOf(call.Arguments.Evaluate(frame));
            return Signal.Return;
        }

        var value = Value.Evaluate(frame);
        if (IsSilent) return Signal.None;
        frame.At = At;
        frame.WriteValue(value);
        return Signal.None;
    }
}

/// <summary><c>{% print a, b %}</c>.</summary>
sealed class PrintList(int at, Print[] values) : Statement(at)
{
    public override IEnumerable<Node> Children => values;

    public override Signal Execute(Frame frame) => Run(values, frame);
}
