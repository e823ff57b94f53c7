namespace Quern.Cli.Terminal;

/// <summary>Colour for people, or none.</summary>
/// <param name="Coloured">False: text stays as it is.</param>
readonly record struct Ink(bool Coloured)
{
    /// <summary>What went well.</summary>
    public string Good(string text) => Wrap(text, "32");

    /// <summary>What failed.</summary>
    public string Bad(string text) => Wrap(text, "1;31");

    /// <summary>What deserves a look.</summary>
    public string Odd(string text) => Wrap(text, "33");

    /// <summary>What matters most on a line.</summary>
    public string Strong(string text) => Wrap(text, "1");

    /// <summary>Labels and other text that guides the eye.</summary>
    public string Faint(string text) => Wrap(text, "2");

    string Wrap(string text, string style) => Coloured ? $"\x1b[{style}m{text}\x1b[0m" : text;
}
