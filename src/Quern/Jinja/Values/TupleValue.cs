using System.Collections;

namespace Quern.Jinja.Values;

/// <summary>A sequence that cannot change: <c>(1, 'a')</c>.</summary>
/// <param name="items">Its items; not copied.</param>
public sealed class TupleValue(params object?[] items) : IReadOnlyList<object?>
{
    /// <summary>The tuple without items.</summary>
    public static TupleValue Empty { get; } = new();

    /// <inheritdoc/>
    public int Count => items.Length;

    /// <inheritdoc/>
    public object? this[int index] => items[index];

    /// <inheritdoc/>
    public IEnumerator<object?> GetEnumerator() => ((IEnumerable<object?>)items).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => items.GetEnumerator();

    internal ReadOnlySpan<object?> AsSpan() => items;
}
