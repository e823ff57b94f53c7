namespace Quern.Jinja;

/// <summary>What the opening tag of a <see cref="NamedBlock"/> says.</summary>
/// <param name="Tag">The kind of block.</param>
/// <param name="Name">The block's own name.</param>
/// <param name="Options">What follows the commas: <c>key=literal</c>, or a bare word, whose value is true.</param>
public sealed record BlockHeader(BlockTag Tag, string Name, IReadOnlyDictionary<string, object?> Options);
