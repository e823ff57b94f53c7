namespace Quern.Csv.Records;

/// <summary>Looks at a cell.</summary>
/// <param name="column">Its column's position in the read.</param>
/// <param name="place">Byte of the uncompressed file where its row begins.</param>
/// <param name="text">Its text in UTF-8, without quotes; valid during the call.</param>
delegate void CellLook(int column, long place, ReadOnlySpan<byte> text);
