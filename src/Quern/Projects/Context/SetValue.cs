using Quern.Jinja;
using Quern.Jinja.Values;

namespace Quern.Projects.Context;

/// <summary>What <c>set(...)</c> makes: values, each once. Kept in the order in which they came, so that what is rendered is the same
/// each time.</summary>
sealed class SetValue : TemplateObject
{
    static readonly Dictionary<string, Func<SetValue, Arguments, object?>> Methods = new(StringComparer.Ordinal)
    {
        ["add"] = (s, a) => s.Change(set => set._items[a.Bind("add", 1, "item")[0]] = true),
        ["discard"] = (s, a) => s.Change(set => set._items.Remove(a.Bind("discard", 1, "item")[0])),
        ["remove"] = (s, a) =>
            s._items.Remove(a.Bind("remove", 1, "item")[0]) ? null : throw TemplateFailure.Value("the set does not have this item"),
        ["clear"] = (s, _) => s.Change(set => set._items.Clear()),
        ["copy"] = (s, _) => new SetValue(s._items.Keys),
        ["update"] = (s, a) => s.Change(set => set.AddAll(a.Positional.SelectMany(Iteration.Over))),
        ["union"] = (s, a) => new SetValue(s._items.Keys.Concat(a.Positional.SelectMany(Iteration.Over))),
        ["intersection"] = (s, a) => new SetValue(s._items.Keys.Where(i => a.Positional.All(o => Iteration.Contains(o, i)))),
        ["difference"] = (s, a) => new SetValue(s._items.Keys.Where(i => !a.Positional.Any(o => Iteration.Contains(o, i)))),
        ["symmetric_difference"] = (s, a) => s.Except(a.Positional[0]),
        ["issubset"] = (s, a) => s._items.Keys.All(i => Iteration.Contains(a.Positional[0], i)),
        ["issuperset"] = (s, a) => Iteration.Over(a.Positional[0]).All(s._items.ContainsKey),
        ["isdisjoint"] = (s, a) => !Iteration.Over(a.Positional[0]).Any(s._items.ContainsKey),
    };

    readonly Dict _items = new();

    public SetValue(IEnumerable<object?> items) => AddAll(items);

    public override string TypeName => "set";

    public override int? Length => _items.Count;

    public override IEnumerable<object?> Items => _items.Keys;

    public override bool TryGetAttribute(string name, out object? value)
    {
        value = Methods.TryGetValue(name, out var method) ? new Function(name, arguments => method(this, arguments)) : null;
        return value is not null;
    }

    public override bool TryOperate(string symbol, object? other, bool reversed, out object? result)
    {
        result = symbol == "-" && !reversed && other is SetValue minus
            ? new SetValue(_items.Keys.Where(i => !minus._items.ContainsKey(i)))
            : null;
        return result is not null;
    }

    public override bool Equals(object? obj) =>
        obj is SetValue other && other._items.Count == _items.Count && other._items.Keys.All(_items.ContainsKey);

    public override int GetHashCode() => _items.Count;

    public override string ToString() =>
        _items.Count == 0 ? "set()" : $"{{{string.Join(", ", _items.Keys.Select(PythonText.Represent))}}}";

    void AddAll(IEnumerable<object?> items)
    {
        foreach (var item in items) _items[item] = true;
    }

    object? Change(Action<SetValue> change)
    {
        change(this);
        return null;
    }

    SetValue Except(object? other)
    {
        var theirs = new SetValue(Iteration.Over(other));
        return new SetValue(
            _items.Keys.Where(i => !theirs._items.ContainsKey(i)).Concat(theirs._items.Keys.Where(i => !_items.ContainsKey(i))));
    }
}
