namespace Quern.Csv.Values;

/// <summary>How the cells of a type with a fixed width are read.</summary>
/// <typeparam name="T">What DuckDB keeps of a value.</typeparam>
unsafe interface ICell<T> where T : unmanaged
{
    /// <summary>Reads a cell as nearly all are written; false says nothing about others.</summary>
    /// <param name="cell">Its bytes; 64 more may be read on either side.</param>
    /// <param name="length">How many.</param>
    /// <param name="value">What it stands for.</param>
    bool TryQuick(byte* cell, int length, out T value);

    /// <summary>Reads any text that stands for a value.</summary>
    /// <param name="text">UTF-8, not empty.</param>
    /// <param name="value">What it stands for.</param>
    bool TryAny(ReadOnlySpan<byte> text, out T value);
}
