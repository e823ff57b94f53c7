namespace Quern.Delivery;

/// <summary>Where a row of a load comes from.</summary>
/// <param name="Path">Absolute path of the file, or what stands for it where there is none.</param>
/// <param name="Name">The same as the user wrote it.</param>
/// <param name="Where">For messages: <c>orders.csv line 48,213 (byte 3,914,882)</c>, <c>row 5 of the query</c>.</param>
sealed record RowPlace(string Path, string Name, string Where)
{
    /// <summary>First line of the row, or which row of the file it is, from 1; null when nobody knows.</summary>
    public long? Line { get; init; }

    /// <summary>First byte of the row in the uncompressed file, from 0; null in files without such places.</summary>
    public long? Byte { get; init; }

    /// <summary>The row as it stands in the file, or as CSV.</summary>
    public ReadOnlyMemory<byte> Raw { get; init; }
}
