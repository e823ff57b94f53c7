using Quern.Jinja.Values;

namespace Quern.Jinja.Methods;

/// <summary>Methods of dicts.</summary>
static class DictMethods
{
    public static Method? Find(string name) => name switch
    {
        "clear" => Clear,
        "copy" => Copy,
        "get" => Get,
        "items" => Items,
        "keys" => Keys,
        "pop" => Pop,
        "popitem" => PopItem,
        "setdefault" => SetDefault,
        "update" => UpdateFrom,
        "values" => Values,
        _ => null,
    };

    /// <summary>Sets the entries of another dict, or of pairs.</summary>
    public static void Update(Dict dict, object? entries)
    {
        if (entries is Dict other)
        {
            Meter.Charge(64L * other.Count);
            foreach (var (key, value) in ReferenceEquals(dict, other) ? other.Copy() : other) dict[key] = value;
            return;
        }

        if (entries is TemplateObject { IsMapping: true, Items: { } keys } mapping)
        {
            foreach (var key in keys)
                if (mapping.TryGetItem(key, out var value)) dict[key] = Value.From(value);
            return;
        }

        var items = Iteration.Over(entries);
        Meter.Charge(64L * items.Count);
        foreach (var item in items)
        {
            var pair = Iteration.Over(item);
            if (pair.Count != 2) throw TemplateFailure.Value("a dict is updated from a dict or from pairs");
            dict[pair[0]] = pair[1];
        }
    }

    static object? Clear(object target, Arguments arguments)
    {
        arguments.Bind("clear", 0);
        ((Dict)target).Clear();
        return null;
    }

    static object Copy(object target, Arguments arguments)
    {
        arguments.Bind("copy", 0);
        var dict = (Dict)target;
        Meter.Charge(64L * dict.Count);
        return dict.Copy();
    }

    static object? Get(object target, Arguments arguments)
    {
        var bound = arguments.Bind("get", 1, "key", "default");
        return ((Dict)target).TryGetValue(bound[0], out var value) ? value : bound[1];
    }

    static object Items(object target, Arguments arguments) => View(target, arguments, "items", DictView.Part.Pairs);

    static object Keys(object target, Arguments arguments) => View(target, arguments, "keys", DictView.Part.Keys);

    static object Values(object target, Arguments arguments) => View(target, arguments, "values", DictView.Part.Values);

    static DictView View(object target, Arguments arguments, string name, DictView.Part part)
    {
        arguments.Bind(name, 0);
        return new DictView((Dict)target, part);
    }

    static object? Pop(object target, Arguments arguments)
    {
        var bound = arguments.Bind("pop", 1, "key", "default");
        var dict = (Dict)target;
        if (dict.TryGetValue(bound[0], out var value))
        {
            Meter.Step(dict.Count >> 4);
            dict.Remove(bound[0]);
            return value;
        }

        return bound.Has(1)
            ? bound[1]
            : throw TemplateFailure.Value($"the dict has no key {PythonText.Represent(bound[0])}");
    }

    static object PopItem(object target, Arguments arguments)
    {
        arguments.Bind("popitem", 0);
        var dict = (Dict)target;
        if (dict.Count == 0) throw TemplateFailure.Value("popitem from an empty dict");
        var (key, value) = dict.At(dict.Count - 1);
        dict.Remove(key);
        return new TupleValue(key, value);
    }

    static object? SetDefault(object target, Arguments arguments)
    {
        var bound = arguments.Bind("setdefault", 1, "key", "default");
        var dict = (Dict)target;
        if (dict.TryGetValue(bound[0], out var value)) return value;
        Meter.Charge(64);
        dict[bound[0]] = bound[1];
        return bound[1];
    }

    static object? UpdateFrom(object target, Arguments arguments)
    {
        var dict = (Dict)target;
        if (arguments.Positional.Count > 1)
            throw TemplateFailure.Arguments("update() takes at most 1 argument by position");
        if (arguments.Positional.Count == 1) Update(dict, arguments.Positional[0]);
        Update(dict, arguments.NamedAsDict());
        return null;
    }
}
