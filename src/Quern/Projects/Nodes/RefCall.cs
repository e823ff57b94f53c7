namespace Quern.Projects.Nodes;

/// <summary>A call of <c>ref</c>.</summary>
/// <param name="Package">The package asked for; null for any.</param>
/// <param name="Name">The model, seed or snapshot.</param>
/// <param name="Version">The version asked for; null for the latest.</param>
public sealed record RefCall(string? Package, string Name, object? Version);
