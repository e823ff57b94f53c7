using System.Globalization;
using Quern.Cli.Terminal;

namespace Quern.Cli.Reporting;

/// <summary>A line about one of several things: <c>1 of 5 OK created ... [OK in 0.08s]</c>.</summary>
static class NumberedLine
{
    /// <summary>Columns that a line is filled up to with dots.</summary>
    const int Width = 80;

    /// <summary>Says it.</summary>
    /// <param name="log">Where.</param>
    /// <param name="number">Which of how many, from 1.</param>
    /// <param name="text">What is done.</param>
    /// <param name="status">How it goes.</param>
    /// <param name="seconds">What it took; null while it goes on.</param>
    /// <param name="level">How much it matters.</param>
    /// <param name="name">What programs call it.</param>
    public static void Say(
        RunLog log, (int Index, int Total) number, string text, Func<Ink, string> status, double? seconds, LogLevel level, string name)
    {
        var line = string.Create(CultureInfo.InvariantCulture, $"{number.Index} of {number.Total} {text} ").PadRight(Width, '.');
        var time = seconds is { } took ? string.Create(CultureInfo.InvariantCulture, $" in {took:0.00}s") : "";
        log.Say(ink => $"{line} [{status(ink)}{time}]", level, name);
    }
}
