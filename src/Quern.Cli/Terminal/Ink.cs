namespace Quern.Cli.Terminal;

/// <summary>Colour for people, or none. What it draws holds no control character but its own: text may name any file.</summary>
/// <param name="Coloured">False: tones are not shown.</param>
readonly record struct Ink(bool Coloured)
{
    /// <summary>The line as the terminal gets it, without a line end.</summary>
    public string Draw(Line line)
    {
        var (head, rest) = (VisibleText.Of(line.Head), VisibleText.Of(line.Rest));
        return Coloured && Style(line.Tone) is { } style ? $"\x1b[{style}m{head}\x1b[0m{rest}" : head + rest;
    }

    /// <summary>A word that says what went well.</summary>
    public string Good(string text) => Wrap(text, "32");

    /// <summary>A word that says what failed.</summary>
    public string Bad(string text) => Wrap(text, Style(Tone.Bad));

    /// <summary>A word that deserves a look.</summary>
    public string Odd(string text) => Wrap(text, Style(Tone.Odd));

    string Wrap(string text, string? style) => Coloured ? $"\x1b[{style}m{VisibleText.Of(text)}\x1b[0m" : VisibleText.Of(text);

    // Select Graphic Rendition (ECMA-48, 8.3.117).
    static string? Style(Tone tone) => tone switch
    {
        Tone.Bad => "1;31",
        Tone.Odd => "33",
        Tone.Strong => "1",
        Tone.Faint => "2",
        _ => null,
    };
}
