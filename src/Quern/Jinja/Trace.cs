using Quern.Jinja.Tree;

namespace Quern.Jinja;

/// <summary>The places of an error: where it happened, then one line for each call that led there.</summary>
static class Trace
{
    const int Head = 8;
    const int Tail = 3;

    public static string Of(List<Frame> frames)
    {
        var lines = new List<string>();
        for (var i = frames.Count - 1; i >= 0; i--)
        {
            var frame = frames[i];
            var place = frame.Template.Source.Place(frame.At);
            var macro = frame.Macro is null ? "" : $", in macro {frame.Macro}";
            lines.Add((lines.Count == 0 ? "" : "called at ") + place + macro);
        }

        if (lines.Count > Head + Tail + 1)
        {
            var left = lines.Count - Head - Tail;
            lines.RemoveRange(Head, left);
            lines.Insert(Head, $"... {left:N0} more calls ...");
        }

        return string.Join('\n', lines);
    }
}
