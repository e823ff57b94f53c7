using Quern.Jinja.Values;

namespace Quern.Jinja.Tree;

/// <summary>A value that stands in the template as it is.</summary>
sealed class Literal(int at, object? value) : Expression(at)
{
    public object? Value { get; } = value;

    public override IEnumerable<Node> Children => [];

    public override object? Evaluate(Frame frame) => Value;
}

/// <summary>A name.</summary>
sealed class NameReference(int at, string name) : Expression(at)
{
    public string Name { get; } = name;

    public override IEnumerable<Node> Children => [];

    public override object? Evaluate(Frame frame) => frame.Resolve(Name);
}

/// <summary><c>[a, b]</c>, or <c>(a, b)</c> when <paramref name="isTuple"/>.</summary>
sealed class SequenceLiteral(int at, Expression[] items, bool isTuple) : Expression(at)
{
    public Expression[] Items { get; } = items;

    public bool IsTuple { get; } = isTuple;

    public override IEnumerable<Node> Children => Items;

    public override object Evaluate(Frame frame)
    {
        Meter.Descend();
        Meter.Charge(64 + 16 * Items.Length);
        if (!IsTuple)
        {
            var list = new List<object?>(Items.Length);
            foreach (var item in Items) list.Add(item.Evaluate(frame));
            return list;
        }

        var values = new object?[Items.Length];
        for (var i = 0; i < values.Length; i++) values[i] = Items[i].Evaluate(frame);
        return new TupleValue(values);
    }
}

/// <summary><c>{key: value}</c>.</summary>
sealed class DictLiteral(int at, Entry[] entries) : Expression(at)
{
    public Entry[] Entries { get; } = entries;

    public override IEnumerable<Node> Children => Entries.SelectMany(entry => new Node[] { entry.Key, entry.Value });

    public override object Evaluate(Frame frame)
    {
        Meter.Descend();
        Meter.Charge(128 + 64 * Entries.Length);
        var dict = new Dict();
        foreach (var (key, value) in Entries)
        {
            var name = key.Evaluate(frame);
            var item = value.Evaluate(frame);
            frame.At = key.At;
            dict[name] = item;
        }

        return dict;
    }
}

/// <summary><c>target.name</c>.</summary>
sealed class Member(int at, Expression target, string name) : Expression(at)
{
    public Expression Target { get; } = target;

    public string Name { get; } = name;

    public override IEnumerable<Node> Children => [Target];

    public override object? Evaluate(Frame frame)
    {
        Meter.Descend();
        var value = Target.Evaluate(frame);
        frame.At = At;
        return Lookup.Attribute(value, Name, frame.Mode);
    }
}

/// <summary><c>target[key]</c>.</summary>
sealed class Subscript(int at, Expression target, Expression key) : Expression(at)
{
    public Expression Target { get; } = target;

    public Expression Key { get; } = key;

    public override IEnumerable<Node> Children => [Target, Key];

    public override object? Evaluate(Frame frame)
    {
        Meter.Descend();
        var value = Target.Evaluate(frame);
        var item = Key.Evaluate(frame);
        frame.At = At;
        return Lookup.Item(value, item, frame.Mode);
    }
}

/// <summary><c>target[start:stop:step]</c>.</summary>
sealed class Slice(int at, Expression target, Expression? start, Expression? stop, Expression? step) : Expression(at)
{
    public override IEnumerable<Node> Children =>
        new Node?[] { target, start, stop, step }.OfType<Node>();

    public override object? Evaluate(Frame frame)
    {
        Meter.Descend();
        var value = target.Evaluate(frame);
        var (first, last, stride) = (start?.Evaluate(frame), stop?.Evaluate(frame), step?.Evaluate(frame));
        frame.At = At;
        return Lookup.Slice(value, first, last, stride);
    }
}
