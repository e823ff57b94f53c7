namespace Quern.Folding.Declared;

/// <summary>A grouping.</summary>
/// <param name="Name">What quern.yml calls it.</param>
/// <param name="Keys">Columns of the source or derived ones; none for one group of all rows.</param>
sealed record Grain(string Name, IReadOnlyList<string> Keys);
