using Quern.Jinja;
using Quern.Jinja.Values;

namespace Quern.Projects.Context.Modules;

/// <summary><c>modules.itertools</c>. What has an end gives a list; what has none (<c>count</c>, <c>cycle</c>) is not there.</summary>
static class ItertoolsModule
{
    const int MostItems = 1_000_000;

    public static MemberObject Make() => MemberObject.Of(
        "module",
        new Function("chain", a => Checked(a.Positional.SelectMany(Iteration.Over))),
        new Function("product", a =>
            Product([.. a.Positional.Select(Iteration.Over)], a.TryGetNamed("repeat", out var n) && n is long times ? (int)times : 1)),
        new Function("combinations", a => Chosen(a, "combinations", (items, r) => Combinations(items, r, 0, []))),
        new Function("combinations_with_replacement", a =>
            Chosen(a, "combinations_with_replacement", (items, r) => Repeating(items, r, 0, []))),
        new Function("permutations", a => Chosen(a, "permutations", (items, r) => Permutations(items, r, []))),
        new Function("islice", Islice),
        new Function("repeat", a =>
        {
            var bound = a.Bind("repeat", 2, "object", "times");
            return Checked(Enumerable.Repeat(bound[0], (int)Math.Clamp(bound.Whole(1), 0, MostItems + 1)));
        }),
        new Function("zip_longest", ZipLongest),
        new Function("accumulate", Accumulate),
        new Function("pairwise", a =>
        {
            var items = Iteration.Over(a.Bind("pairwise", 1, "iterable")[0]);
            return Checked(items.Zip(items.Skip(1), (x, y) => new TupleValue(x, y)));
        }),
        new Function("compress", a =>
        {
            var bound = a.Bind("compress", 2, "data", "selectors");
            return Checked(Iteration.Over(bound[0]).Zip(Iteration.Over(bound[1]))
                .Where(p => Value.IsTrue(p.Second)).Select(p => p.First));
        }),
        new Function("groupby", GroupBy));

    static List<object?> Checked(IEnumerable<object?> items)
    {
        var list = new List<object?>();
        foreach (var item in items)
        {
            if (list.Count >= MostItems) throw TemplateFailure.Budget($"more than {MostItems:N0} items");
            list.Add(item);
        }
        Meter.ChargeItems(list.Count);
        return list;
    }

    static List<object?> Product(List<IReadOnlyList<object?>> lists, int repeat)
    {
        var all = Enumerable.Repeat(lists, repeat).SelectMany(l => l).ToList();
        IEnumerable<object?[]> rows = [[]];
        foreach (var list in all)
        {
            var before = rows;
            rows = before.SelectMany(_ => list, (row, item) => (object?[])[.. row, item]);
        }
        return Checked(rows.Select(row => new TupleValue(row)));
    }

    static List<object?> Chosen(Arguments arguments, string callee, Func<IReadOnlyList<object?>, int, IEnumerable<object?[]>> choose)
    {
        var bound = arguments.Bind(callee, 1, "iterable", "r");
        var items = Iteration.Over(bound[0]);
        return Checked(choose(items, (int)Math.Clamp(bound.Whole(1, items.Count), 0, 1000)).Select(row => new TupleValue(row)));
    }

    static IEnumerable<object?[]> Combinations(IReadOnlyList<object?> items, int count, int from, object?[] taken)
    {
        if (taken.Length == count) return [taken];
        return Enumerable.Range(from, Math.Max(0, items.Count - from)).SelectMany(i =>
            Combinations(items, count, i + 1, [.. taken, items[i]]));
    }

    static IEnumerable<object?[]> Repeating(IReadOnlyList<object?> items, int count, int from, object?[] taken)
    {
        if (taken.Length == count) return [taken];
        return Enumerable.Range(from, Math.Max(0, items.Count - from)).SelectMany(i => Repeating(items, count, i, [.. taken, items[i]]));
    }

    static IEnumerable<object?[]> Permutations(IReadOnlyList<object?> items, int count, int[] taken)
    {
        if (taken.Length == count) return [[.. taken.Select(i => items[i])]];
        return Enumerable.Range(0, items.Count).Where(i => !taken.Contains(i)).SelectMany(i => Permutations(items, count, [.. taken, i]));
    }

    static object? Islice(Arguments arguments)
    {
        var items = Iteration.Over(arguments.Bind("islice", 2, "iterable", "start", "stop", "step")[0]);
        var (start, stop, step) = arguments.Positional.Count == 2 ? (null, arguments.Positional[1], null)
            : (arguments.Positional[1], arguments.Positional[2], arguments.Positional.Count > 3 ? arguments.Positional[3] : null);
        return Lookup.Slice(new List<object?>(items), start, stop, step);
    }

    static object? ZipLongest(Arguments arguments)
    {
        arguments.TryGetNamed("fillvalue", out var fill);
        var lists = arguments.Positional.Select(Iteration.Over).ToList();
        var count = lists.Count == 0 ? 0 : lists.Max(l => l.Count);
        return Checked(Enumerable.Range(0, count).Select(i => new TupleValue([.. lists.Select(l => i < l.Count ? l[i] : fill)])));
    }

    static object? Accumulate(Arguments arguments)
    {
        var bound = arguments.Bind("accumulate", 1, "iterable", "func");
        var (items, sums) = (Iteration.Over(bound[0]), new List<object?>());
        foreach (var item in items)
        {
            sums.Add(sums.Count == 0 ? item
                : bound[1] is { } callee ? Rendering.Invoke(callee, new Arguments(arguments.Rendering, [sums[^1], item]))
                : Arithmetic.Apply("+", sums[^1], item));
        }
        return Checked(sums);
    }

    static object? GroupBy(Arguments arguments)
    {
        var bound = arguments.Bind("groupby", 1, "iterable", "key");
        var groups = new List<object?>();
        object? last = null;
        List<object?>? open = null;
        foreach (var item in Iteration.Over(bound[0]))
        {
            var key = bound[1] is { } callee ? Rendering.Invoke(callee, new Arguments(arguments.Rendering, [item])) : item;
            if (open is null || !Equality.Same(key, last)) groups.Add(new TupleValue(last = key, open = []));
            open.Add(item);
        }
        return groups;
    }
}
