namespace Quern.Jinja;

/// <summary>A block of a kind added by a <see cref="BlockTag"/>.</summary>
public sealed class NamedBlock
{
    internal NamedBlock(BlockHeader header, string text, string place) => (Header, Text, Place) = (header, text, place);

    /// <summary>What its opening tag says.</summary>
    public BlockHeader Header { get; }

    /// <summary>The source between the tags, as written (for a raw block, after whitespace control).</summary>
    public string Text { get; }

    /// <summary>Where it begins: <c>path:line:column</c>.</summary>
    public string Place { get; }

    /// <summary>The body as a template; null for a raw block.</summary>
    public Template? Body { get; internal set; }

    /// <summary>The macro it defines; null when its tag names none.</summary>
    public Macro? Macro { get; internal set; }
}
