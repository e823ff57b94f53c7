using Quern.Jinja.Values;

namespace Quern.Jinja.Tree;

/// <summary>
/// Operators of one precedence, from left to right: <c>a + b - c</c>. Flat, so that long sums need no stack.
/// </summary>
sealed class Chain(Expression first, Operand[] rest) : Expression(first.At)
{
    public override IEnumerable<Node> Children => rest.Select(part => part.Value).Prepend(first);

    public override object? Evaluate(Frame frame)
    {
        Meter.Descend();
        var value = first.Evaluate(frame);
        foreach (var (at, symbol, operand) in rest)
        {
            var right = operand.Evaluate(frame);
            frame.At = at;
            value = Arithmetic.Apply(symbol, value, right);
        }

        return value;
    }
}

/// <summary><c>a ~ b ~ c</c>: the printed values one after the other.</summary>
sealed class Concatenation(Expression[] parts) : Expression(parts[0].At)
{
    public override IEnumerable<Node> Children => parts;

    public override object Evaluate(Frame frame)
    {
        Meter.Descend();
        var texts = new string[parts.Length];
        var length = 0L;
        for (var i = 0; i < texts.Length; i++)
        {
            texts[i] = PythonText.Of(parts[i].Evaluate(frame));
            length += texts[i].Length;
        }

        frame.At = At;
        Meter.ChargeText(length);
        return string.Concat(texts);
    }
}

/// <summary><c>-a</c> and <c>+a</c>.</summary>
sealed class Sign(int at, bool negative, Expression operand) : Expression(at)
{
    public bool IsNegative { get; } = negative;

    public Expression Operand { get; } = operand;

    public override IEnumerable<Node> Children => [Operand];

    public override object? Evaluate(Frame frame)
    {
        Meter.Descend();
        var value = Operand.Evaluate(frame);
        frame.At = At;
        return Arithmetic.Sign(value, IsNegative);
    }
}

/// <summary><c>not a</c>.</summary>
sealed class Negation(int at, Expression operand) : Expression(at)
{
    public override IEnumerable<Node> Children => [operand];

    public override object Evaluate(Frame frame)
    {
        Meter.Descend();
        return Value.Box(!Value.IsTrue(operand.Evaluate(frame)));
    }
}

/// <summary><c>a and b and c</c>, <c>a or b or c</c>: the first operand that decides, as it is.</summary>
sealed class Logic(Expression[] operands, bool isOr) : Expression(operands[0].At)
{
    public override IEnumerable<Node> Children => operands;

    public override object? Evaluate(Frame frame)
    {
        Meter.Descend();
        object? value = null;
        foreach (var operand in operands)
        {
            value = operand.Evaluate(frame);
            if (Value.IsTrue(value) == isOr) return value;
        }

        return value;
    }
}

/// <summary><c>a &lt; b &lt;= c</c>, <c>a in b</c>: true when each neighbouring pair is.</summary>
sealed class Comparison(Expression first, Operand[] rest) : Expression(first.At)
{
    public override IEnumerable<Node> Children => rest.Select(part => part.Value).Prepend(first);

    public override object Evaluate(Frame frame)
    {
        Meter.Descend();
        var left = first.Evaluate(frame);
        foreach (var (at, symbol, operand) in rest)
        {
            var right = operand.Evaluate(frame);
            frame.At = at;
            if (!Arithmetic.Compare(symbol, left, right)) return Value.Box(false);
            left = right;
        }

        return Value.Box(true);
    }
}

/// <summary><c>a if condition else b</c>; without <c>else</c> the value is undefined.</summary>
sealed class Conditional(int at, Expression condition, Expression then, Expression? otherwise) : Expression(at)
{
    public override IEnumerable<Node> Children => otherwise is null ? [then, condition] : [then, condition, otherwise];

    public override object? Evaluate(Frame frame)
    {
        Meter.Descend();
        if (Value.IsTrue(condition.Evaluate(frame))) return then.Evaluate(frame);
        return otherwise is null
            ? Undefined.Because("the inline if was false and has no else", frame.Mode)
            : otherwise.Evaluate(frame);
    }
}
