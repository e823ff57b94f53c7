using Quern.Csv.Schemas;

namespace Quern.Csv.Inference;

/// <summary>What looking at files has shown.</summary>
/// <param name="Schema">The schema.</param>
/// <param name="Facts">Of each of its columns.</param>
/// <param name="Layouts">The files.</param>
/// <param name="Count">What was looked at.</param>
sealed record CsvFindings(CsvSchema Schema, IReadOnlyList<ColumnFacts> Facts, IReadOnlyList<FileLayout> Layouts, ScanCount Count);
