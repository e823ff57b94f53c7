using Quern.Jinja.Values;

namespace Quern.Jinja;

/// <summary>The arguments of a call by their place in the signature. Wrong types are QN7007.</summary>
public readonly struct BoundArguments
{
    internal static readonly object Absent = new();

    readonly string _callee;
    readonly object?[] _slots;
    readonly string[] _names;

    internal BoundArguments(string callee, object?[] slots, string[] names) =>
        (_callee, _slots, _names) = (callee, slots, names);

    /// <summary>The value at a place; null when it was not given.</summary>
    public object? this[int index] => Has(index) ? _slots[index] : null;

    /// <summary>Whether a value was given.</summary>
    public bool Has(int index) => _slots[index] != Absent;

    /// <summary>The value at a place, or the fallback when it was not given.</summary>
    public object? Or(int index, object? fallback) => Has(index) ? _slots[index] : fallback;

    /// <summary>A text that must be one.</summary>
    public string Text(int index) => _slots[index] switch
    {
        string text => text,
        _ => throw Wrong(index, "a text"),
    };

    /// <summary>A text; the fallback when it was not given or none.</summary>
    public string? Text(int index, string? fallback) => this[index] is null ? fallback : Text(index);

    /// <summary>Whether a flag is true; the fallback when it was not given.</summary>
    public bool Flag(int index, bool fallback = false) => Has(index) ? Value.IsTrue(_slots[index]) : fallback;

    /// <summary>A whole number that must be one.</summary>
    public long Whole(int index) => _slots[index] switch
    {
        long whole => whole,
        bool flag => flag ? 1 : 0,
        _ => throw Wrong(index, "a whole number"),
    };

    /// <summary>A whole number; the fallback when it was not given or none.</summary>
    public long Whole(int index, long fallback) => this[index] is null ? fallback : Whole(index);

    TemplateFailure Wrong(int index, string wanted)
    {
        if (_slots[index] is Undefined undefined) return undefined.Failure();
        return TemplateFailure.Type(
            $"{_callee}() needs {wanted} for '{_names[index]}', not {Value.TypeName(this[index])}");
    }
}
