namespace Quern.Duck;

/// <summary>What a <see cref="TableFunction"/> was called with.</summary>
/// <remarks>Values: whole numbers as <see cref="long"/> or <see cref="ulong"/>, floats and decimals as
/// <see cref="double"/>, booleans as <see cref="bool"/>, lists as <c>object?[]</c>, structs and maps as dictionaries,
/// anything else as its text; NULL as null.</remarks>
/// <param name="positional">In the order of <see cref="TableFunction.Parameters"/>.</param>
/// <param name="named">Only those that were given.</param>
public sealed class TableArguments(IReadOnlyList<object?> positional, IReadOnlyDictionary<string, object?> named)
{
    /// <summary>An argument by position, from 0.</summary>
    public object? this[int index] => positional[index];

    /// <summary>An argument by name; null when it was not given.</summary>
    public object? this[string name] => named.GetValueOrDefault(name);

    /// <summary>True when the call names this argument, even with NULL.</summary>
    public bool Has(string name) => named.ContainsKey(name);
}
