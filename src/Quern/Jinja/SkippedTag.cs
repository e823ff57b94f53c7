namespace Quern.Jinja;

/// <summary>A tag at the top level of a macro file that nothing is known of.</summary>
/// <param name="Name">Its first word.</param>
/// <param name="Place">Where it stands: <c>path:line:column</c>.</param>
public sealed record SkippedTag(string Name, string Place);
