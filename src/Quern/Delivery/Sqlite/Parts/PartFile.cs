namespace Quern.Delivery.Sqlite.Parts;

/// <summary>A file of several that hold a table together.</summary>
/// <param name="Name">Its name in the folder.</param>
/// <param name="Rows">Its rows.</param>
/// <param name="Bytes">Its size.</param>
/// <param name="Sha256">Of its bytes, in lower case.</param>
/// <param name="Keys">Columns of the key with the least and the greatest value; null when there is none.</param>
sealed record PartFile(
    string Name, long Rows, long Bytes, string Sha256, IReadOnlyList<(string Column, string? Least, string? Greatest)> Keys);
