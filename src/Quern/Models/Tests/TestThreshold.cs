using System.Globalization;
using System.Text.RegularExpressions;

namespace Quern.Models.Tests;

/// <summary>A condition on the number of failures, such as <c>!= 0</c> or <c>&gt;10</c> (<c>warn_if</c>, <c>error_if</c>).</summary>
/// <param name="Text">As it is written.</param>
sealed partial record TestThreshold(string Text)
{
    /// <summary>What stands where none is given.</summary>
    public const string Default = "!= 0";

    /// <summary>Whether a number fulfils it; null when it is more than one comparison with a whole number, and DuckDB has to say.</summary>
    public bool? Holds(long failures)
    {
        var match = Comparison().Match(Text);
        if (!match.Success || !long.TryParse(match.Groups[2].Value, CultureInfo.InvariantCulture, out var limit)) return null;
        return match.Groups[1].Value switch
        {
            "!=" or "<>" => failures != limit,
            ">" => failures > limit,
            ">=" => failures >= limit,
            "<" => failures < limit,
            "<=" => failures <= limit,
            _ => failures == limit,
        };
    }

    [GeneratedRegex(@"^\s*(!=|<>|>=|<=|>|<|==?)\s*(-?[0-9]+)\s*$")]
    private static partial Regex Comparison();
}
