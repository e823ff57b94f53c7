namespace Quern.Fuzz.Csv;

/// <summary>A row as <see cref="PlainReader"/> sees it.</summary>
/// <param name="Start">Its first byte.</param>
/// <param name="End">Behind its last one, without a line end.</param>
/// <param name="Cells">First bytes of cells, and where they end.</param>
/// <param name="Flaw">Code of what is wrong with it first; null for nothing.</param>
/// <param name="FlawAt">The byte where it is wrong.</param>
/// <param name="IsOpen">A quote of it is not closed, so it goes on to the end of the file.</param>
/// <param name="IsComment">It is a comment.</param>
sealed record PlainRow(int Start, int End, List<(int Start, int End)> Cells, string? Flaw, int FlawAt, bool IsOpen, bool IsComment);
