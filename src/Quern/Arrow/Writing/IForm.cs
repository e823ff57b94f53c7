namespace Quern.Arrow.Writing;

/// <summary>How a value of a vector becomes one of Arrow's.</summary>
/// <typeparam name="TFrom">In the vector.</typeparam>
/// <typeparam name="TTo">In the file.</typeparam>
interface IForm<TFrom, TTo>
{
    /// <summary>What fits, for messages.</summary>
    static abstract string Wanted { get; }

    /// <summary>Converts; false when it does not fit.</summary>
    static abstract bool TryConvert(TFrom value, out TTo form);
}
