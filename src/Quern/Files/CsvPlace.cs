namespace Quern.Files;

/// <summary>A record of a CSV file that a message is about.</summary>
/// <param name="Line">Physical line where the record starts, from 1; line ends inside quotes count.</param>
/// <param name="ByteOffset">Byte of the (uncompressed) content where the record starts, from 0.</param>
/// <param name="Record">Number of the data record, from 1; the header and blank lines are not counted.</param>
/// <param name="FieldCount">Fields of the record.</param>
/// <param name="Value">Text of the field in question, quotes removed; null when the record has no such field.</param>
/// <param name="Raw">The field as it stands in the file, quotes included; null when the record has no such
/// field.</param>
sealed record CsvPlace(long Line, long ByteOffset, long Record, int FieldCount, string? Value, string? Raw);
