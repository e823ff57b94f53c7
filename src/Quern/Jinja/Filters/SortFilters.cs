using Quern.Jinja.Values;

namespace Quern.Jinja.Filters;

/// <summary>Filters that order or compare items. Texts compare without regard to case unless told otherwise.</summary>
static class SortFilters
{
    public static object? Sort(object? value, Arguments arguments)
    {
        var bound = arguments.Bind("sort", 0, "reverse", "case_sensitive", "attribute");
        var items = Iteration.Copy(value);
        var key = Attributes.ListReader(bound[2], arguments, bound.Flag(1));
        Ordering.Sort(items, key, bound.Flag(0), equalFirst: true);
        return items;
    }

    public static object? DictSort(object? value, Arguments arguments)
    {
        var bound = arguments.Bind("dictsort", 0, "case_sensitive", "by", "reverse");
        var by = bound.Text(1, "key");
        if (by is not ("key" or "value")) throw TemplateFailure.Value("dictsort sorts by 'key' or 'value'");
        if (value is not Dict dict) throw TemplateFailure.Type($"dictsort needs a dict, not {Value.TypeName(value)}");
        var pairs = new List<object?>(new DictView(dict, DictView.Part.Pairs).Items);
        var part = by == "key" ? 0 : 1;
        Ordering.Sort(pairs, Attributes.Folding(pair => ((TupleValue)pair!)[part], bound.Flag(0)), bound.Flag(2));
        return pairs;
    }

    public static object? Unique(object? value, Arguments arguments)
    {
        var bound = arguments.Bind("unique", 0, "case_sensitive", "attribute");
        var key = Attributes.Folding(Attributes.Reader(bound[1], arguments), bound.Flag(0));
        var seen = new Dict();
        var kept = new List<object?>();
        foreach (var item in Iteration.Over(value))
        {
            Meter.Step();
            var name = key(item);
            if (seen.ContainsKey(name)) continue;
            seen[name] = null;
            kept.Add(item);
        }

        return new Generator("unique", kept);
    }

    public static object? Min(object? value, Arguments arguments) => Extreme("min", value, arguments, -1);

    public static object? Max(object? value, Arguments arguments) => Extreme("max", value, arguments, 1);

    /// <summary>Sorts by the attribute and gives one (grouper, list) for each of its values.</summary>
    public static object? GroupBy(object? value, Arguments arguments)
    {
        var bound = arguments.Bind("groupby", 1, "attribute", "default", "case_sensitive");
        var read = Attributes.Reader(bound[0], arguments, bound[1]);
        var key = Attributes.Folding(read, bound.Flag(2));
        var items = Iteration.Copy(value);
        Ordering.Sort(items, key, false);
        var groups = new List<object?>();
        object? last = null;
        List<object?>? members = null;
        foreach (var item in items)
        {
            var now = key(item);
            if (members is null || !Equality.Same(now, last))
            {
                members = [];
                groups.Add(new Group(read(item), members));
                last = now;
            }

            members.Add(item);
        }

        return groups;
    }

    static object? Extreme(string name, object? value, Arguments arguments, int wanted)
    {
        var bound = arguments.Bind(name, 0, "case_sensitive", "attribute");
        var key = Attributes.Folding(Attributes.Reader(bound[1], arguments), bound.Flag(0));
        var items = Iteration.Over(value);
        if (items.Count == 0)
            return Undefined.Because("No aggregated item, sequence was empty.", arguments.Rendering.Mode);
        var best = items[0];
        var bestKey = key(best);
        for (var i = 1; i < items.Count; i++)
        {
            Meter.Step();
            var next = key(items[i]);
            var order = Ordering.Compare(next, bestKey, wanted < 0 ? "<" : ">");
            if (order is { } sure && Math.Sign(sure) == wanted) (best, bestKey) = (items[i], next);
        }

        return best;
    }

    /// <summary>A pair that also answers to <c>.grouper</c> and <c>.list</c>.</summary>
    sealed class Group(object? grouper, List<object?> members) : TemplateObject, IReadOnlyList<object?>
    {
        public override string TypeName => "tuple";

        public override int? Length => 2;

        public override IEnumerable<object?> Items => [grouper, members];

        public int Count => 2;

        public object? this[int index] => index == 0 ? grouper : members;

        public override bool TryGetAttribute(string name, out object? value)
        {
            value = name == "grouper" ? grouper : name == "list" ? members : null;
            return name is "grouper" or "list";
        }

        public override bool TryGetItem(object? key, out object? value)
        {
            value = key is 0L or -2L ? grouper : members;
            return key is 0L or 1L or -1L or -2L;
        }

        public IEnumerator<object?> GetEnumerator() => Items.GetEnumerator();

        System.Collections.IEnumerator System.Collections.IEnumerable.GetEnumerator() => GetEnumerator();

        public override string ToString() => PythonText.Represent(new TupleValue(grouper, members));
    }
}
