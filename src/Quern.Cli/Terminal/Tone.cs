namespace Quern.Cli.Terminal;

/// <summary>What a text means to the eye.</summary>
enum Tone
{
    /// <summary>Text like any other.</summary>
    Plain,

    /// <summary>What failed.</summary>
    Bad,

    /// <summary>What deserves a look.</summary>
    Odd,

    /// <summary>What matters most on a line.</summary>
    Strong,

    /// <summary>Labels and other text that guides the eye.</summary>
    Faint,
}
