namespace Quern.Chunks;

/// <summary>A column's, a field's or a member's name and type.</summary>
/// <param name="Name">As the source spells it.</param>
/// <param name="Type">What its rows hold.</param>
public sealed record Column(string Name, LogicalType Type);
