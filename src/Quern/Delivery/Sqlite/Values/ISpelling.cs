namespace Quern.Delivery.Sqlite.Values;

/// <summary>Spells values of a fixed width.</summary>
/// <typeparam name="T">As they lie in the vector.</typeparam>
interface ISpelling<T>
{
    /// <summary>Writes a value in UTF-8.</summary>
    /// <param name="to">Room for <see cref="Chunks.TimeText.MaxBytes"/>.</param>
    /// <param name="value">The value.</param>
    /// <returns>Bytes written.</returns>
    int Write(Span<byte> to, T value);
}
