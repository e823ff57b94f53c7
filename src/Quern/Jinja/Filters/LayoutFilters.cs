using System.Text;
using Quern.Jinja.Methods;
using Quern.Jinja.Values;

namespace Quern.Jinja.Filters;

/// <summary>Filters that lay text out in lines.</summary>
static class LayoutFilters
{
    public static object? Indent(object? value, Arguments arguments)
    {
        var bound = arguments.Bind("indent", 0, "width", "first", "blank");
        var text = PythonText.Of(value);
        var width = bound[0] as string;
        var length = width?.Length ?? Math.Max(0, bound.Whole(0, 4));
        var lines = TextMethods.Lines(text + "\n", false);
        Meter.ChargeText(text.Length + lines.Count * length);
        var indentation = width ?? new string(' ', (int)length);
        var blank = bound.Flag(2);
        var output = new StringBuilder();
        for (var i = 0; i < lines.Count; i++)
        {
            if (i > 0) output.Append('\n');
            if (i > 0 ? blank || lines[i].Length > 0 : bound.Flag(1)) output.Append(indentation);
            output.Append(lines[i]);
        }

        return output.ToString();
    }

    public static object? Truncate(object? value, Arguments arguments)
    {
        var bound = arguments.Bind("truncate", 0, "length", "killwords", "end", "leeway");
        var text = PythonText.Of(value);
        var end = bound.Text(2, "...")!;
        var length = bound.Whole(0, 255);
        if (length < end.Length)
            throw TemplateFailure.Value(FormattableString.Invariant($"truncate needs a length of at least {end.Length}, not {length}"));
        if (text.Length <= length + bound.Whole(3, 5)) return text;
        var kept = text[..(int)(length - end.Length)];
        if (!bound.Flag(1) && kept.LastIndexOf(' ') is >= 0 and var space) kept = kept[..space];
        return kept + end;
    }

    /// <summary>Wraps each line on its own; words longer than a line are cut unless told otherwise.</summary>
    public static object? WordWrap(object? value, Arguments arguments)
    {
        var bound = arguments.Bind(
            "wordwrap", 0, "width", "break_long_words", "wrapstring", "break_on_hyphens");
        var width = bound.Whole(0, 79);
        if (width <= 0) throw TemplateFailure.Value(FormattableString.Invariant($"wordwrap needs a width above 0, not {width}"));
        var text = PythonText.Of(value);
        var separator = bound.Text(2, "\n")!;
        Meter.ChargeText(2L * text.Length + text.Length / width * separator.Length);
        var wrapped = new List<string>();
        foreach (var line in TextMethods.Lines(text, false))
        {
            var before = wrapped.Count;
            Wrap(wrapped, Chunks(line, bound.Flag(3, true)), (int)Math.Min(width, int.MaxValue), bound.Flag(1, true));
            if (wrapped.Count == before) wrapped.Add("");
        }

        return string.Join(separator, wrapped);
    }

    static void Wrap(List<string> output, List<string> chunks, int width, bool cut)
    {
        var line = new StringBuilder();
        for (var i = 0; i < chunks.Count; i++)
        {
            var chunk = chunks[i];
            var isSpace = Letters.IsSpace(chunk[0]);
            if (line.Length == 0 && isSpace && output.Count > 0) continue;
            if (line.Length + chunk.Length <= width)
            {
                line.Append(chunk);
                continue;
            }

            if (chunk.Length > width && cut)
            {
                var room = width - line.Length;
                line.Append(chunk.AsSpan(0, room));
                Meter.ChargeText(chunk.Length);
                chunks[i] = chunk[room..];
                i--;
            }
            else if (line.Length == 0)
            {
                line.Append(chunk);
            }
            else if (!isSpace)
            {
                i--;
            }

            Flush(output, line);
        }

        if (line.Length > 0) Flush(output, line);
    }

    static void Flush(List<string> output, StringBuilder line)
    {
        var text = line.ToString().TrimEnd();
        if (text.Length > 0) output.Add(text);
        line.Clear();
    }

    /// <summary>Words and the blanks between them; a word ends after a hyphen between letters.</summary>
    static List<string> Chunks(string line, bool atHyphens)
    {
        var chunks = new List<string>();
        var start = 0;
        for (var i = 1; i <= line.Length; i++)
        {
            var ends = i == line.Length || Letters.IsSpace(line[i]) != Letters.IsSpace(line[i - 1])
                || (atHyphens && line[i - 1] == '-' && i >= 2 && char.IsLetter(line[i - 2]) && char.IsLetter(line[i]));
            if (!ends) continue;
            chunks.Add(line[start..i]);
            start = i;
        }

        return chunks;
    }
}
