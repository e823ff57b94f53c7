namespace Quern.Jinja;

/// <summary>How a name without a value behaves.</summary>
public enum UndefinedMode
{
    /// <summary>
    /// Prints as nothing, is false, iterates as empty; its attribute, item, call, arithmetic or order is QN7005.
    /// </summary>
    Stock,

    /// <summary>
    /// As <see cref="Stock"/>, but its attributes, items and calls are undefined values again, not errors.
    /// </summary>
    Forgiving,
}
