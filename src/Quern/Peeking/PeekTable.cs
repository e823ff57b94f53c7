namespace Quern.Peeking;

/// <summary>A table of a database.</summary>
/// <param name="Name">Its name, with that of its schema unless it is main.</param>
/// <param name="Kind">table or view.</param>
/// <param name="Rows">Its rows; null for a view.</param>
/// <param name="Columns">How many columns it has.</param>
public sealed record PeekTable(string Name, string Kind, long? Rows, long Columns);
