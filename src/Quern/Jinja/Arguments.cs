using Quern.Jinja.Values;

namespace Quern.Jinja;

/// <summary>What a call passes: values by position, then values by name.</summary>
public sealed class Arguments
{
    static readonly KeyValuePair<string, object?>[] NoNames = [];

    readonly object?[] _positional;
    readonly KeyValuePair<string, object?>[] _named;

    internal Arguments(Rendering rendering, object?[] positional, KeyValuePair<string, object?>[]? named = null)
    {
        Rendering = rendering;
        _positional = positional;
        _named = named ?? NoNames;
    }

    /// <summary>The rendering the call happens in.</summary>
    public Rendering Rendering { get; }

    /// <summary>The values given by position, in order.</summary>
    public IReadOnlyList<object?> Positional => _positional;

    /// <summary>The values given by name, in order.</summary>
    public IReadOnlyList<KeyValuePair<string, object?>> Named => _named;

    /// <summary>
    /// Lays the values into the places of a signature. Throws QN7006 for one too many, an unknown or repeated name, or
    /// a missing required one.
    /// </summary>
    /// <param name="callee">The function's name in errors.</param>
    /// <param name="required">How many of the first <paramref name="names"/> must be given.</param>
    /// <param name="names">The parameters in order.</param>
    public BoundArguments Bind(string callee, int required, params string[] names)
    {
        ArgumentNullException.ThrowIfNull(names);
        if (_positional.Length > names.Length)
        {
            throw TemplateFailure.Arguments(
                $"{callee}() takes {Count(required, names.Length)}, not {_positional.Length}",
                Signature(callee, names));
        }

        var slots = new object?[names.Length];
        for (var i = 0; i < slots.Length; i++)
            slots[i] = i < _positional.Length ? _positional[i] : BoundArguments.Absent;
        foreach (var (name, value) in _named)
        {
            var at = Array.IndexOf(names, name);
            if (at < 0)
                throw TemplateFailure.Arguments($"{callee}() has no parameter '{name}'", Signature(callee, names));
            if (slots[at] != BoundArguments.Absent)
                throw TemplateFailure.Arguments($"{callee}() got two values for '{name}'", Signature(callee, names));
            slots[at] = value;
        }

        for (var i = 0; i < required; i++)
        {
            if (slots[i] == BoundArguments.Absent)
                throw TemplateFailure.Arguments($"{callee}() needs a value for '{names[i]}'", Signature(callee, names));
        }

        return new BoundArguments(callee, slots, names);
    }

    /// <summary>Finds a value given by name.</summary>
    public bool TryGetNamed(string name, out object? value)
    {
        foreach (var (key, item) in _named)
        {
            if (key != name) continue;
            value = item;
            return true;
        }

        value = null;
        return false;
    }

    /// <summary>The values given by name as a dict of their own.</summary>
    public Dict NamedAsDict()
    {
        var dict = new Dict();
        foreach (var (name, value) in _named) dict[name] = value;
        return dict;
    }

    /// <summary>The same call without its first values by position.</summary>
    internal Arguments Skip(int count) => new(Rendering, _positional[count..], _named);

    static string Count(int required, int most) => (required == most, most) switch
    {
        (_, 0) => "no arguments",
        (true, 1) => "1 argument",
        (true, _) => $"{most} arguments",
        _ => $"{required} to {most} arguments",
    };

    static string Signature(string callee, string[] names) => $"{callee}({string.Join(", ", names)})";
}
