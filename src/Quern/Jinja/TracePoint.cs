namespace Quern.Jinja;

/// <summary>One of the places that led to an error.</summary>
/// <param name="Path">The template's path.</param>
/// <param name="Line">Line, from 1.</param>
/// <param name="Column">Column, from 1.</param>
/// <param name="Macro">The macro around it; null in the template itself.</param>
public sealed record TracePoint(string Path, int Line, int Column, string? Macro)
{
    const int Head = 8;
    const int Tail = 3;

    /// <summary>The point as an error shows it: <c>path:line:column, in macro name</c>.</summary>
    public override string ToString() => $"{Path}:{Line}:{Column}{(Macro is null ? "" : $", in macro {Macro}")}";

    /// <summary>Points as lines, the innermost first; the middle of a long chain is left out.</summary>
    internal static string Describe(IReadOnlyList<TracePoint> points)
    {
        var lines = points.Select((point, i) => i == 0 ? point.ToString() : $"called at {point}").ToList();
        if (lines.Count > Head + Tail + 1)
        {
            var left = lines.Count - Head - Tail;
            lines.RemoveRange(Head, left);
            lines.Insert(Head, FormattableString.Invariant($"... {left:N0} more calls ..."));
        }

        return string.Join('\n', lines);
    }
}
