namespace Quern.Projects.Nodes;

/// <summary>Rows that YAML gives.</summary>
/// <param name="Input">The input they stand for; null for the expected rows.</param>
/// <param name="Format"><c>dict</c>, <c>csv</c> or <c>sql</c>.</param>
/// <param name="Rows">A list of dicts, or text.</param>
/// <param name="FixtureFile">Name of a file under <c>tests/fixtures</c> that holds the rows instead; null without one.</param>
public sealed record Fixture(string? Input, string Format, object? Rows, string? FixtureFile);
