using Quern.Chunks;

namespace Quern.Folding.Declared;

/// <summary>A column of a source.</summary>
/// <param name="Name">In the files and in queries.</param>
/// <param name="Type">What its cells are read as. An empty cell is NULL.</param>
/// <param name="Epoch">The whole numbers of the column count this unit since 1970 in UTC, so that it has minutes and days; results print the
/// number. Default: null, it is no moment, or its type says so.</param>
sealed record SourceColumn(string Name, LogicalType Type, EpochUnit? Epoch = null);
