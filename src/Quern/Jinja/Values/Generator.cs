namespace Quern.Jinja.Values;

/// <summary>
/// What <c>map</c>, <c>select</c> and their like give: items that can be walked once and have no length. The items are
/// computed at once, not while walking: a chain of a thousand filters then needs no deep stack.
/// </summary>
sealed class Generator(string maker, List<object?> items) : TemplateObject
{
    List<object?>? _items = items;

    public override string TypeName => "generator";

    public override IEnumerable<object?> Items => Take();

    /// <summary>The items, leaving none behind.</summary>
    public List<object?> Take()
    {
        var items = _items ?? [];
        _items = null;
        return items;
    }

    /// <summary>The next item, leaving the others.</summary>
    public bool TryTakeFirst(out object? item)
    {
        item = null;
        if (_items is not { Count: > 0 } items) return false;
        Meter.Step(items.Count >> 6);
        item = items[0];
        items.RemoveAt(0);
        return true;
    }

    public override string ToString() => $"<generator {maker}>";
}
