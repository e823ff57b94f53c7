namespace Quern.Delivery.Sqlite.Values;

/// <summary>Makes doubles of numbers.</summary>
/// <typeparam name="T">As they lie in the vector.</typeparam>
interface IRealForm<T>
{
    /// <summary>The nearest double.</summary>
    double Of(T value);
}
