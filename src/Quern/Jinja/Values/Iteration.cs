namespace Quern.Jinja.Values;

/// <summary>How values are walked: the items that <c>for</c> and the filters see.</summary>
static class Iteration
{
    /// <summary>
    /// The items in order. Lists are walked live, so that items appended on the way are reached, as in Python; other
    /// values give a copy. Undefined has no items.
    /// </summary>
    public static IReadOnlyList<object?> Over(object? value) => TryOver(value) ?? throw TemplateFailure.Type(
        $"'{Value.TypeName(value)}' object is not iterable", "only lists, dicts, texts and their like can be walked");

    /// <summary>As <see cref="Over"/>, null for values that cannot be walked.</summary>
    public static IReadOnlyList<object?>? TryOver(object? value)
    {
        switch (value)
        {
            case IReadOnlyList<object?> list:
                return list;
            case string text:
                return Characters(text);
            case Dict dict:
                return Copy(dict.Count, dict.Keys);
            case Generator generator:
                return generator.Take();
            case TemplateObject { Items: { } items } other:
                return Copy(other.Length ?? 0, items);
            case Undefined undefined when !undefined.IsHidden:
                return [];
            case Undefined undefined:
                throw undefined.Failure();
            default:
                return null;
        }
    }

    /// <summary>A new list with the items.</summary>
    public static List<object?> Copy(object? value)
    {
        var items = Over(value);
        Meter.ChargeItems(items.Count);
        return [.. items];
    }

    /// <summary>How many items a value has; null when it has no length.</summary>
    public static int? Length(object? value) => value switch
    {
        string text => Letters.Count(text),
        List<object?> list => list.Count,
        Dict dict => dict.Count,
        TupleValue tuple => tuple.Count,
        TemplateObject other => other.Length,
        Undefined { IsHidden: false } => 0,
        Undefined undefined => throw undefined.Failure(),
        _ => null,
    };

    /// <summary>
    /// Whether <c>item in container</c>: a part of a text, a key of a dict, an item of anything else.
    /// </summary>
    public static bool Contains(object? container, object? item)
    {
        switch (container)
        {
            case string text:
                if (item is not string part)
                    throw TemplateFailure.Type($"'in <str>' requires a str on its left, not {Value.TypeName(item)}");
                Meter.Step(text.Length >> 6);
                return text.Contains(part, StringComparison.Ordinal);
            case Dict dict:
                return dict.ContainsKey(item);
            case TemplateObject { IsMapping: true } mapping:
                return mapping.TryGetItem(item, out _);
        }

        var items = TryOver(container) ?? throw TemplateFailure.Type(
            $"argument of type '{Value.TypeName(container)}' is not iterable",
            "in needs a list, dict or text on its right");
        Meter.Step(items.Count >> 4);
        for (var i = 0; i < items.Count; i++)
            if (Equality.Same(items[i], item)) return true;
        return false;
    }

    static List<object?> Characters(string text)
    {
        Meter.ChargeItems(text.Length);
        var list = new List<object?>(text.Length);
        foreach (var rune in text.EnumerateRunes()) list.Add(rune.ToString());
        return list;
    }

    static List<object?> Copy(int count, IEnumerable<object?> items)
    {
        Meter.ChargeItems(count);
        var list = new List<object?>(count);
        foreach (var item in items) list.Add(Value.From(item));
        return list;
    }
}
