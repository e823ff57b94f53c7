using Quern.Jinja.Methods;

namespace Quern.Jinja.Values;

/// <summary>
/// What <c>value.name</c> and <c>value[key]</c> find. A dot looks for a method or attribute first and then for a key,
/// brackets the other way round; neither ever fails, what is not there is undefined.
/// </summary>
static class Lookup
{
    public static object? Attribute(object? target, string name, UndefinedMode mode)
    {
        switch (target)
        {
            case Undefined undefined:
                return OfUndefined(undefined);
            case TemplateObject other:
                if (other.TryGetAttribute(name, out var value) || other.TryGetItem(name, out value))
                    return Value.From(value);
                break;
            case not null:
                if (MethodTable.Find(target, name) is { } method) return new BoundMethod(target, name, method);
                if (MomentMethods.TryGetField(target, name, out var field)) return field;
                if (target is Dict dict && dict.TryGetValue(name, out var item)) return item;
                break;
        }

        return Missing(target, name, mode);
    }

    public static object? Item(object? target, object? key, UndefinedMode mode)
    {
        switch (target)
        {
            case Undefined undefined:
                return OfUndefined(undefined);
            case Dict dict:
                if (key is not (List<object?> or Dict) && dict.TryGetValue(key, out var value)) return value;
                break;
            case TemplateObject other:
                if (other.TryGetItem(key, out var item)) return Value.From(item);
                if (key is string attribute && other.TryGetAttribute(attribute, out item)) return Value.From(item);
                return Missing(target, key, mode);
            case string text when TryIndex(key, () => Letters.Count(text), out var index):
                return Letters.At(text, index);
            case IReadOnlyList<object?> list when TryIndex(key, () => list.Count, out var index):
                return list[index];
        }

        if (key is string name && target is not null && MethodTable.Find(target, name) is { } method)
            return new BoundMethod(target, name, method);
        return Missing(target, key, mode);
    }

    /// <summary>The part <c>[start:stop:step]</c> of a text, list or tuple.</summary>
    public static object? Slice(object? target, object? start, object? stop, object? step)
    {
        switch (target)
        {
            case Undefined undefined:
                return OfUndefined(undefined);
            case string text when !Letters.HasPairs(text):
                return SliceOf(text, Range(text.Length, start, stop, step));
            case string text:
                var letters = Iteration.Over(text);
                return string.Concat(Pick(letters, Range(letters.Count, start, stop, step)));
            case List<object?> list:
                return new List<object?>(Pick(list, Range(list.Count, start, stop, step)));
            case TupleValue tuple:
                return new TupleValue(Pick(tuple, Range(tuple.Count, start, stop, step)));
            case RangeValue range:
                return new List<object?>(Pick(range, Range(range.Count, start, stop, step)));
            default:
                throw TemplateFailure.Type(
                    $"a {Value.TypeName(target)} cannot be sliced", "make a list of it first: value | list");
        }
    }

    static Undefined OfUndefined(Undefined undefined) =>
        undefined.IsForgiving ? undefined : throw undefined.Failure();

    static Undefined Missing(object? target, object? key, UndefinedMode mode) =>
        key is string name && name.StartsWith("__", StringComparison.Ordinal)
            ? Undefined.Hidden(target, name)
            : Undefined.Of(target, key, mode);

    static bool TryIndex(object? key, Func<int> length, out int index)
    {
        index = 0;
        if (key is bool flag) key = Value.Box(flag ? 1L : 0L);
        if (key is not long whole) return false;
        var count = length();
        if (whole < 0) whole += count;
        index = (int)Math.Clamp(whole, -1, int.MaxValue);
        return index >= 0 && index < count;
    }

    static (int First, int Count, int Step) Range(int length, object? start, object? stop, object? step)
    {
        var stride = Bound(step, 1);
        if (stride == 0) throw TemplateFailure.Value("slice step cannot be zero");
        var up = stride > 0;
        var (low, high) = up ? (0, length) : (-1, length - 1);
        var first = Clip(start, up ? low : high);
        var last = Clip(stop, up ? high : low);
        var span = up ? last - first : first - last;
        var count = span <= 0 ? 0 : (span + Math.Abs(stride) - 1) / Math.Abs(stride);
        return ((int)first, (int)count, (int)Math.Clamp(stride, int.MinValue, int.MaxValue));

        long Clip(object? bound, long absent)
        {
            if (bound is null) return absent;
            var at = Bound(bound, absent);
            return Math.Clamp(at < 0 ? at + length : at, low, high);
        }
    }

    static long Bound(object? bound, long absent) => bound switch
    {
        null => absent,
        long whole => Math.Clamp(whole, -int.MaxValue, int.MaxValue),
        bool flag => flag ? 1 : 0,
        Undefined undefined => throw undefined.Failure(),
        _ => throw TemplateFailure.Type($"slice indices must be whole numbers, not {Value.TypeName(bound)}"),
    };

    static string SliceOf(string text, (int First, int Count, int Step) range)
    {
        Meter.ChargeText(range.Count);
        if (range.Step == 1) return text.Substring(range.First, range.Count);
        var letters = new char[range.Count];
        for (var i = 0; i < letters.Length; i++) letters[i] = text[range.First + i * range.Step];
        return new string(letters);
    }

    static object?[] Pick(IReadOnlyList<object?> items, (int First, int Count, int Step) range)
    {
        Meter.ChargeItems(range.Count);
        var picked = new object?[range.Count];
        for (var i = 0; i < picked.Length; i++) picked[i] = items[range.First + i * range.Step];
        return picked;
    }
}
