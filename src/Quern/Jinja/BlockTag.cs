namespace Quern.Jinja;

/// <summary>
/// A block tag that is not part of the language: <c>{% name title(parameters), option, key='value' %}...{% endname
/// %}</c>. Parameters and options may be left out. The parsed blocks are found in <see cref="Template.Blocks"/>.
/// </summary>
/// <param name="Name">The word after <c>{%</c>; the block ends with <c>end</c> and that word.</param>
public sealed record BlockTag(string Name)
{
    /// <summary>Whether the body is text to be kept as it is, not a template. Default: false.</summary>
    public bool IsRaw { get; init; }

    /// <summary>
    /// Names the macro that the block defines. Default (null): it defines none, and running the template skips it.
    /// </summary>
    public Func<BlockHeader, string>? MacroName { get; init; }
}
