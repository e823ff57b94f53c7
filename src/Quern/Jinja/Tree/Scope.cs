namespace Quern.Jinja.Tree;

/// <summary>
/// The names set in one block. Few per block, so they are searched one by one; a block with many gets an index.
/// </summary>
sealed class Scope(Scope? parent)
{
    const int IndexFrom = 12;

    string[] _names = [];
    object?[] _values = [];
    int _count;
    Dictionary<string, int>? _index;

    public Scope? Parent { get; } = parent;

    /// <summary>Finds a name here or in a block around.</summary>
    public static bool TryGet(Scope? scope, string name, out object? value)
    {
        for (; scope is not null; scope = scope.Parent)
        {
            var at = scope.Find(name);
            if (at < 0) continue;
            value = scope._values[at];
            return true;
        }

        value = null;
        return false;
    }

    /// <summary>Whether a name is set here.</summary>
    public bool Contains(string name) => Find(name) >= 0;

    public void Set(string name, object? value)
    {
        var at = Find(name);
        if (at < 0)
        {
            at = _count++;
            if (at == _names.Length)
            {
                var size = Math.Max(4, 2 * at);
                Array.Resize(ref _names, size);
                Array.Resize(ref _values, size);
            }

            _names[at] = name;
            if (_index is not null) _index[name] = at;
            else if (_count == IndexFrom) BuildIndex();
        }

        _values[at] = value;
    }

    /// <summary>The names set here, in order.</summary>
    public IEnumerable<KeyValuePair<string, object?>> Entries()
    {
        for (var i = 0; i < _count; i++) yield return new KeyValuePair<string, object?>(_names[i], _values[i]);
    }

    int Find(string name)
    {
        if (_index is not null) return _index.TryGetValue(name, out var at) ? at : -1;
        for (var i = 0; i < _count; i++)
            if (string.Equals(_names[i], name)) return i;
        return -1;
    }

    void BuildIndex()
    {
        _index = [];
        for (var i = 0; i < _count; i++) _index[_names[i]] = i;
    }
}
