using Quern.Jinja.Values;

namespace Quern.Jinja.Filters;

/// <summary>Filters over items in order.</summary>
static class SequenceFilters
{
    public static object? Length(object? value, Arguments arguments)
    {
        arguments.Bind("length", 0);
        if (Iteration.Length(value) is { } length) return Value.Box((long)length);
        var hint = value is Generator
            ? "make a list of it first: | list | length"
            : "only texts, lists and dicts have one";
        throw TemplateFailure.Type($"object of type '{Value.TypeName(value)}' has no length", hint);
    }

    public static object? List(object? value, Arguments arguments)
    {
        arguments.Bind("list", 0);
        return Iteration.Copy(value);
    }

    public static object? Items(object? value, Arguments arguments)
    {
        arguments.Bind("items", 0);
        return value switch
        {
            Undefined => new Generator("items", []),
            Dict dict => new Generator("items", [.. new DictView(dict, DictView.Part.Pairs).Items]),
            _ => throw TemplateFailure.Type($"items needs a dict, not {Value.TypeName(value)}"),
        };
    }

    public static object? Join(object? value, Arguments arguments)
    {
        var bound = arguments.Bind("join", 0, "d", "attribute");
        var separator = PythonText.Of(bound.Or(0, ""));
        var read = Attributes.Reader(bound[1], arguments);
        var items = Iteration.Over(value);
        var texts = new List<string>(items.Count);
        var length = (long)separator.Length * Math.Max(0, items.Count - 1);
        for (var i = 0; i < items.Count; i++)
        {
            Meter.Step();
            var text = PythonText.Of(read(items[i]));
            length += text.Length;
            texts.Add(text);
        }

        Meter.ChargeText(length);
        return string.Join(separator, texts);
    }

    public static object? First(object? value, Arguments arguments)
    {
        arguments.Bind("first", 0);
        if (value is Generator generator && generator.TryTakeFirst(out var next)) return next;
        var items = Iteration.Over(value);
        return items.Count > 0 ? items[0] : Empty("No first item, sequence was empty.", arguments);
    }

    public static object? Last(object? value, Arguments arguments)
    {
        arguments.Bind("last", 0);
        var items = Iteration.Over(value);
        return items.Count > 0 ? items[^1] : Empty("No last item, sequence was empty.", arguments);
    }

    public static object? Reverse(object? value, Arguments arguments)
    {
        arguments.Bind("reverse", 0);
        var items = Iteration.Copy(value);
        items.Reverse();
        return value is string ? string.Concat(items) : new Generator("reverse", items);
    }

    public static object? Batch(object? value, Arguments arguments)
    {
        var bound = arguments.Bind("batch", 1, "linecount", "fill_with");
        var size = bound.Whole(0);
        if (size <= 0) throw TemplateFailure.Value(FormattableString.Invariant($"batch needs a size above 0, not {size}"));
        var items = Iteration.Over(value);
        var batches = new List<object?>();
        List<object?>? batch = null;
        foreach (var item in items)
        {
            if (batch is null || batch.Count == size) batches.Add(batch = []);
            batch.Add(item);
        }

        if (batch is not null && bound[1] is { } filler && batch.Count < size)
        {
            Meter.ChargeItems(size - batch.Count);
            batch.AddRange(Enumerable.Repeat<object?>(filler, (int)size - batch.Count));
        }

        return new Generator("batch", batches);
    }

    public static object? Slice(object? value, Arguments arguments)
    {
        var bound = arguments.Bind("slice", 1, "slices", "fill_with");
        var slices = bound.Whole(0);
        if (slices <= 0) throw TemplateFailure.Value(FormattableString.Invariant($"slice needs a count above 0, not {slices}"));
        var items = Iteration.Over(value);
        Meter.ChargeItems(4 * slices);
        var (size, longer) = Math.DivRem(items.Count, slices);
        var columns = new List<object?>();
        var at = 0;
        for (var i = 0L; i < slices; i++)
        {
            var column = new List<object?>();
            for (var left = size + (i < longer ? 1 : 0); left > 0; left--) column.Add(items[at++]);
            if (bound[1] is { } filler && i >= longer) column.Add(filler);
            columns.Add(column);
        }

        return new Generator("slice", columns);
    }

    static Undefined Empty(string why, Arguments arguments) =>
        Undefined.Because(why, arguments.Rendering.Mode);
}
