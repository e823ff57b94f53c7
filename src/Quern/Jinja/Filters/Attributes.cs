using Quern.Jinja.Values;

namespace Quern.Jinja.Filters;

/// <summary>
/// Reads what the <c>attribute</c> argument of a filter names: a key, an index, or several joined by dots.
/// </summary>
static class Attributes
{
    /// <summary>A function from an item to its attribute, or to itself when none is named.</summary>
    public static Func<object?, object?> Reader(object? attribute, Arguments arguments, object? fallback = null)
    {
        if (attribute is null) return item => item;
        var mode = arguments.Rendering.Mode;
        var parts = Parts(attribute);
        return item =>
        {
            foreach (var part in parts)
            {
                item = Lookup.Item(item, part, mode);
                if (fallback is not null && item is Undefined) item = fallback;
            }

            return item;
        };
    }

    /// <summary>As <see cref="Reader"/>, for several attributes after commas, which give a list.</summary>
    public static Func<object?, object?> ListReader(object? attribute, Arguments arguments, bool caseSensitive)
    {
        if (attribute is not string names || !names.Contains(','))
            return Folding(Reader(attribute, arguments), caseSensitive);
        var readers = names.Split(',').Select(name => Folding(Reader(name, arguments), caseSensitive)).ToArray();
        return item => new List<object?>(readers.Select(read => read(item)));
    }

    /// <summary>Makes what a function reads blind to case unless told otherwise.</summary>
    public static Func<object?, object?> Folding(Func<object?, object?> read, bool caseSensitive) => caseSensitive
        ? read
        : item => read(item) is var value && value is string text ? text.ToLowerInvariant() : value;

    static object[] Parts(object attribute)
    {
        if (attribute is not string path) return [attribute];
        var names = path.Split('.');
        var parts = new object[names.Length];
        for (var i = 0; i < parts.Length; i++)
        {
            parts[i] = names[i].Length > 0 && names[i].All(char.IsAsciiDigit)
                && Number.TryReadWhole(names[i], out var index)
                ? index!
                : names[i];
        }

        return parts;
    }
}
