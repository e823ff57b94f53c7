namespace Quern.Rollups.Serving;

/// <summary>Rows of an answer in the format that was asked for.</summary>
/// <param name="By">The grain that answered, or <c>fallback</c>.</param>
/// <param name="Rows">How many rows.</param>
/// <param name="Body">The rows.</param>
sealed record Answered(string By, int Rows, ReadOnlyMemory<byte> Body);
