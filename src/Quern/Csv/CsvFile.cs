namespace Quern.Csv;

/// <summary>A file to read.</summary>
/// <param name="Path">Where it is; gzip when it ends in <c>.gz</c>.</param>
/// <param name="Name">How messages name it.</param>
sealed record CsvFile(string Path, string Name);
