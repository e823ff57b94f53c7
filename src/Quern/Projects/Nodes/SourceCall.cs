namespace Quern.Projects.Nodes;

/// <summary>A call of <c>source</c>.</summary>
public sealed record SourceCall(string Source, string Table);
