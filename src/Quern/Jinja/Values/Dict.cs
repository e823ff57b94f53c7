using System.Collections;

namespace Quern.Jinja.Values;

/// <summary>
/// A mapping that keeps the order in which keys came. Keys are any value but lists, dicts and other values that can
/// change; <c>1</c>, <c>1.0</c> and <c>true</c> are the same key.
/// </summary>
public sealed class Dict : IEnumerable<KeyValuePair<object?, object?>>
{
    static readonly object NoneKey = new();

    readonly OrderedDictionary<object, object?> _items;

    /// <summary>An empty dict.</summary>
    public Dict() => _items = new OrderedDictionary<object, object?>(KeyEquality.Instance);

    Dict(Dict other) => _items = new OrderedDictionary<object, object?>(other._items, KeyEquality.Instance);

    /// <summary>How many keys there are.</summary>
    public int Count => _items.Count;

    /// <summary>The keys in order.</summary>
    public IEnumerable<object?> Keys
    {
        get
        {
            foreach (var key in _items.Keys) yield return Open(key);
        }
    }

    /// <summary>The values in the order of their keys.</summary>
    public IEnumerable<object?> Values => _items.Values;

    /// <summary>Reads a value (null for a key that is not there) or sets it; a new key goes to the end.</summary>
    public object? this[object? key]
    {
        get => TryGetValue(key, out var value) ? value : null;
        set => _items[Close(key)] = value;
    }

    /// <summary>Finds the value of a key.</summary>
    public bool TryGetValue(object? key, out object? value) => _items.TryGetValue(Close(key), out value);

    /// <summary>Whether the key is there.</summary>
    public bool ContainsKey(object? key) => _items.ContainsKey(Close(key));

    /// <summary>Removes a key; false when it is not there.</summary>
    public bool Remove(object? key) => _items.Remove(Close(key));

    /// <summary>Removes all keys.</summary>
    public void Clear() => _items.Clear();

    /// <summary>A dict with the same keys and the same values.</summary>
    public Dict Copy() => new(this);

    /// <inheritdoc/>
    public IEnumerator<KeyValuePair<object?, object?>> GetEnumerator()
    {
        foreach (var (key, value) in _items) yield return new KeyValuePair<object?, object?>(Open(key), value);
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    internal KeyValuePair<object?, object?> At(int index)
    {
        var (key, value) = _items.GetAt(index);
        return new KeyValuePair<object?, object?>(Open(key), value);
    }

    static object Close(object? key) => key ?? NoneKey;

    static object? Open(object key) => ReferenceEquals(key, NoneKey) ? null : key;

    sealed class KeyEquality : IEqualityComparer<object>
    {
        public static readonly KeyEquality Instance = new();

        public new bool Equals(object? left, object? right) => Equality.Same(left, right);

        public int GetHashCode(object key) => Equality.Hash(key);
    }
}
