using System.Numerics;

namespace Quern.Jinja.Values;

/// <summary>The operators over all kinds of values.</summary>
static class Arithmetic
{
    public static object? Apply(string symbol, object? left, object? right)
    {
        if (Value.IsNumber(left) && Value.IsNumber(right)) return OfNumbers(symbol, left!, right!);
        if (left is Undefined undefined) throw undefined.Failure();
        if (symbol == "%" && left is string format) return PercentFormat.Apply(format, right);
        if (right is Undefined other) throw other.Failure();
        if (left is TemplateObject a && a.TryOperate(symbol, right, false, out var result)) return Value.From(result);
        if (right is TemplateObject b && b.TryOperate(symbol, left, true, out result)) return Value.From(result);
        switch (symbol, left, right)
        {
            case ("+", string x, string y):
                Meter.ChargeText((long)x.Length + y.Length);
                return x + y;
            case ("+", List<object?> x, List<object?> y):
                Meter.ChargeItems((long)x.Count + y.Count);
                return new List<object?>([.. x, .. y]);
            case ("+", TupleValue x, TupleValue y):
                Meter.ChargeItems((long)x.Count + y.Count);
                return new TupleValue([.. x, .. y]);
            case ("*", string or List<object?> or TupleValue, long or bool or BigInteger):
                return Repeat(left, Number.Whole(right));
            case ("*", long or bool or BigInteger, string or List<object?> or TupleValue):
                return Repeat(right, Number.Whole(left));
        }

        return Moments.Operate(symbol, left, right) ?? throw Mismatch(symbol, left, right);
    }

    public static object Sign(object? value, bool negative)
    {
        if (value is Undefined undefined) throw undefined.Failure();
        if (value is TimeSpan span) return negative ? span.Negate() : span;
        if (!Value.IsNumber(value))
            throw TemplateFailure.Type($"bad operand type for unary {Symbol()}: '{Value.TypeName(value)}'");
        return negative ? Number.Negate(value!) : value is bool flag ? Value.Box(flag ? 1L : 0L) : value!;

        char Symbol() => negative ? '-' : '+';
    }

    /// <summary>Answers <c>== != &lt; &lt;= &gt; &gt;= in</c> and <c>not in</c>.</summary>
    public static bool Compare(string symbol, object? left, object? right) => symbol switch
    {
        "==" => Equality.Same(left, right),
        "!=" => !Equality.Same(left, right),
        "in" => Iteration.Contains(right, left),
        "not in" => !Iteration.Contains(right, left),
        "<" => Ordering.Compare(left, right, symbol) < 0,
        "<=" => Ordering.Compare(left, right, symbol) <= 0,
        ">" => Ordering.Compare(left, right, symbol) > 0,
        _ => Ordering.Compare(left, right, symbol) >= 0,
    };

    static object OfNumbers(string symbol, object left, object right)
    {
        if (left is BigInteger a && right is BigInteger b) Meter.Step(a.GetBitLength() * b.GetBitLength() >> 16);
        try
        {
            return symbol switch
            {
                "+" => Number.Add(left, right),
                "-" => Number.Subtract(left, right),
                "*" => Number.Multiply(left, right),
                "/" => Number.Divide(left, right),
                "//" => Number.FloorDivide(left, right),
                "%" => Number.Modulo(left, right),
                _ => Number.Power(left, right),
            };
        }
        catch (OverflowException)
        {
            throw TemplateFailure.Value("the result is too large for a decimal number");
        }
    }

    static object Repeat(object value, BigInteger count)
    {
        var length = value is string text ? text.Length : ((IReadOnlyList<object?>)value).Count;
        var times = length == 0 || count.Sign < 0 ? 0 : (long)BigInteger.Min(count, 1L << 40);
        if (value is string word)
        {
            Meter.ChargeText(times * length);
            return string.Concat(Enumerable.Repeat(word, (int)times));
        }

        Meter.ChargeItems(times * length);
        var items = new object?[(int)times * length];
        for (var i = 0; i < items.Length; i++) items[i] = ((IReadOnlyList<object?>)value)[i % length];
        return value is TupleValue ? new TupleValue(items) : new List<object?>(items);
    }

    static TemplateFailure Mismatch(string symbol, object? left, object? right)
    {
        var what = $"unsupported operand types for {symbol}: '{Value.TypeName(left)}' and '{Value.TypeName(right)}'";
        return symbol == "+" && (left is string || right is string)
            ? TemplateFailure.Type(what, "use ~ to put values together as text")
            : TemplateFailure.Type(what);
    }
}
