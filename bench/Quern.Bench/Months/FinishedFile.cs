namespace Quern.Bench.Months;

/// <summary>A file that is in place.</summary>
/// <param name="Path">Where.</param>
/// <param name="Rows">Rows in it, without the header.</param>
/// <param name="Bytes">Its size.</param>
/// <param name="Sha256">Lower-case hash of its bytes; empty when not asked for.</param>
sealed record FinishedFile(string Path, long Rows, long Bytes, string Sha256);
