namespace Quern.Cli.Terminal;

/// <summary>A line for people.</summary>
/// <param name="Tone">How its head is shown.</param>
/// <param name="Head">Its beginning, in the tone.</param>
/// <param name="Rest">What follows, as text like any other.</param>
readonly record struct Line(Tone Tone, string Head, string Rest = "");
