using Quern.Jinja.Values;

namespace Quern.Jinja.Methods;

/// <summary>Methods of lists, and the two that tuples share.</summary>
static class ListMethods
{
    public static Method? Find(string name) => name switch
    {
        "append" => Append,
        "clear" => Clear,
        "copy" => Copy,
        "count" => Count,
        "extend" => Extend,
        "index" => Index,
        "insert" => Insert,
        "pop" => Pop,
        "remove" => Remove,
        "reverse" => Reverse,
        "sort" => Sort,
        _ => null,
    };

    public static Method? FindForTuple(string name) => name switch
    {
        "count" => Count,
        "index" => Index,
        _ => null,
    };

    static object? Append(object target, Arguments arguments)
    {
        var item = arguments.Bind("append", 1, "object")[0];
        Meter.ChargeItems(1);
        ((List<object?>)target).Add(item);
        return null;
    }

    static object? Clear(object target, Arguments arguments)
    {
        arguments.Bind("clear", 0);
        ((List<object?>)target).Clear();
        return null;
    }

    static object Copy(object target, Arguments arguments)
    {
        arguments.Bind("copy", 0);
        return Iteration.Copy(target);
    }

    static object Count(object target, Arguments arguments)
    {
        var wanted = arguments.Bind("count", 1, "value")[0];
        var items = (IReadOnlyList<object?>)target;
        Meter.Step(items.Count >> 4);
        var count = 0L;
        for (var i = 0; i < items.Count; i++)
            if (Equality.Same(items[i], wanted)) count++;
        return Value.Box(count);
    }

    static object? Extend(object target, Arguments arguments)
    {
        var items = Iteration.Copy(arguments.Bind("extend", 1, "iterable")[0]);
        ((List<object?>)target).AddRange(items);
        return null;
    }

    static object Index(object target, Arguments arguments)
    {
        var bound = arguments.Bind("index", 1, "value", "start", "stop");
        var items = (IReadOnlyList<object?>)target;
        var stop = Position(bound.Whole(2, items.Count), items.Count);
        Meter.Step(items.Count >> 4);
        for (var i = Position(bound.Whole(1, 0), items.Count); i < stop; i++)
            if (Equality.Same(items[i], bound[0])) return Value.Box((long)i);
        throw TemplateFailure.Value($"{PythonText.Represent(bound[0])} is not in the list");
    }

    static object? Insert(object target, Arguments arguments)
    {
        var bound = arguments.Bind("insert", 2, "index", "object");
        var list = (List<object?>)target;
        Meter.ChargeItems(1);
        Meter.Step(list.Count >> 6);
        list.Insert(Position(bound.Whole(0), list.Count), bound[1]);
        return null;
    }

    static object? Pop(object target, Arguments arguments)
    {
        var bound = arguments.Bind("pop", 0, "index");
        var list = (List<object?>)target;
        if (list.Count == 0) throw TemplateFailure.Value("pop from an empty list");
        var index = bound.Whole(0, -1);
        if (index < 0) index += list.Count;
        if (index < 0 || index >= list.Count) throw TemplateFailure.Value("pop index is out of range");
        Meter.Step(list.Count >> 6);
        var item = list[(int)index];
        list.RemoveAt((int)index);
        return item;
    }

    static object? Remove(object target, Arguments arguments)
    {
        var wanted = arguments.Bind("remove", 1, "value")[0];
        var list = (List<object?>)target;
        Meter.Step(list.Count >> 4);
        for (var i = 0; i < list.Count; i++)
        {
            if (!Equality.Same(list[i], wanted)) continue;
            list.RemoveAt(i);
            return null;
        }

        throw TemplateFailure.Value($"{PythonText.Represent(wanted)} is not in the list");
    }

    static object? Reverse(object target, Arguments arguments)
    {
        arguments.Bind("reverse", 0);
        Meter.Step(((List<object?>)target).Count >> 6);
        ((List<object?>)target).Reverse();
        return null;
    }

    static object? Sort(object target, Arguments arguments)
    {
        var reverse = arguments.Bind("sort", 0, "reverse").Flag(0);
        Ordering.Sort((List<object?>)target, item => item, reverse);
        return null;
    }

    static int Position(long index, int count) => (int)Math.Clamp(index < 0 ? index + count : index, 0, count);
}
