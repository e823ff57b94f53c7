namespace Quern.Jinja.Values;

/// <summary>The <c>loop</c> inside of a for loop.</summary>
sealed class LoopValue(IReadOnlyList<object?> items, int depth, UndefinedMode mode) : TemplateObject
{
    static readonly object Never = new();

    readonly int _length = items.Count;
    int _index = -1;
    object? _changed = Never;

    /// <summary>Runs the loop over other items; null when the loop is not recursive.</summary>
    public Func<object?, string>? Recurse { get; set; }

    public bool HasStarted => _index >= 0;

    public override string TypeName => "LoopContext";

    public override bool IsCallable => true;

    public override int? Length => _length;

    public bool Advance(out object? item)
    {
        item = null;
        if (_index + 1 >= items.Count) return false;
        item = items[++_index];
        return true;
    }

    public override bool TryGetAttribute(string name, out object? value)
    {
        value = name switch
        {
            "index" => Value.Box(_index + 1L),
            "index0" => Value.Box((long)_index),
            "revindex" => Value.Box((long)_length - _index),
            "revindex0" => Value.Box(_length - _index - 1L),
            "first" => Value.Box(_index == 0),
            "last" => Value.Box(_index + 1 >= items.Count),
            "length" => Value.Box((long)_length),
            "depth" => Value.Box(depth + 1L),
            "depth0" => Value.Box((long)depth),
            "previtem" => _index > 0 && _index <= items.Count
                ? items[_index - 1]
                : Undefined.Because("there is no previous item", mode),
            "nextitem" => _index + 1 < items.Count
                ? items[_index + 1]
                : Undefined.Because("there is no next item", mode),
            "cycle" => new Function("cycle", Cycle),
            "changed" => new Function("changed", Changed),
            _ => Never,
        };
        return value != Never;
    }

    public override object Call(Arguments arguments)
    {
        var children = arguments.Bind("loop", 1, "items")[0];
        if (Recurse is null)
            throw TemplateFailure.Type("this loop cannot be called", "write recursive at the end of its for tag");
        return Recurse(children);
    }

    public override string ToString() => $"<LoopContext {_index + 1}/{_length}>";

    object? Cycle(Arguments arguments)
    {
        if (arguments.Positional.Count == 0) throw TemplateFailure.Arguments("cycle() needs a value to cycle through");
        return arguments.Positional[_index % arguments.Positional.Count];
    }

    object Changed(Arguments arguments)
    {
        var now = new TupleValue([.. arguments.Positional]);
        if (_changed is TupleValue before && Equality.Same(before, now)) return Value.Box(false);
        _changed = now;
        return Value.Box(true);
    }
}
