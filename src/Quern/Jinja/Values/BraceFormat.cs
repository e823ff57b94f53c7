using System.Text;

namespace Quern.Jinja.Values;

/// <summary>
/// <c>'{} {0} {name.attribute[key]!r:&gt;10}'.format(...)</c>. Attributes are found as a template finds them, so
/// nothing is visible here that is not visible there.
/// </summary>
static class BraceFormat
{
    const int MaxNesting = 2;

    public static string Apply(string format, IReadOnlyList<object?> positional, Dict named)
    {
        var next = 0;
        return Apply(format, positional, named, ref next, 0);
    }

    static string Apply(string format, IReadOnlyList<object?> positional, Dict named, ref int next, int nesting)
    {
        if (nesting > MaxNesting) throw TemplateFailure.Value("formats in formats go too deep");
        var output = new StringBuilder();
        for (var i = 0; i < format.Length; i++)
        {
            var c = format[i];
            if (c is '{' or '}' && i + 1 < format.Length && format[i + 1] == c)
            {
                output.Append(c);
                i++;
                continue;
            }

            if (c == '}') throw TemplateFailure.Value("the format has a single '}'", "write }} for a brace");
            if (c != '{')
            {
                output.Append(c);
                continue;
            }

            Meter.Step();
            var end = FieldEnd(format, i);
            var text = Field(format[(i + 1)..end], positional, named, ref next, nesting);
            Meter.ChargeText(text.Length);
            output.Append(text);
            i = end;
        }

        return output.ToString();
    }

    static int FieldEnd(string format, int at)
    {
        var depth = 0;
        for (var i = at; i < format.Length; i++)
        {
            if (format[i] == '{') depth++;
            else if (format[i] == '}' && --depth == 0) return i;
        }

        throw TemplateFailure.Value("the format has a single '{'", "write {{ for a brace");
    }

    static string Field(string field, IReadOnlyList<object?> positional, Dict named, ref int next, int nesting)
    {
        var nameEnd = 0;
        for (var inBrackets = false; nameEnd < field.Length; nameEnd++)
        {
            if (field[nameEnd] == '[') inBrackets = true;
            else if (field[nameEnd] == ']') inBrackets = false;
            else if (!inBrackets && field[nameEnd] is '!' or ':') break;
        }

        var value = Find(field[..nameEnd], positional, named, ref next);
        var rest = field[nameEnd..];
        if (rest.StartsWith('!'))
        {
            if (rest.Length < 2 || rest[1] is not ('s' or 'r' or 'a') || (rest.Length > 2 && rest[2] != ':'))
                throw TemplateFailure.Value($"'{rest}' is not a conversion", "use !s or !r");
            value = rest[1] == 's' ? PythonText.Of(value) : PythonText.Represent(value);
            rest = rest[2..];
        }

        var spec = rest.StartsWith(':') ? rest[1..] : "";
        if (spec.Contains('{')) spec = Apply(spec, positional, named, ref next, nesting + 1);
        if (spec.Length == 0) return PythonText.Of(value);
        return value is DateTime or DateTimeOffset or DateOnly
            ? Moments.Format(value, spec)
            : FormatSpec.Parse(spec).Apply(value);
    }

    static object? Find(string path, IReadOnlyList<object?> positional, Dict named, ref int next)
    {
        var end = path.AsSpan().IndexOfAny('.', '[');
        var head = end < 0 ? path : path[..end];
        object? value;
        if (head.Length == 0) value = At(positional, next++);
        else if (Number.TryReadWhole(head, out var index)) value = At(positional, index as long? ?? long.MaxValue);
        else if (!named.TryGetValue(head, out value)) throw Missing(head);
        for (var at = end; at >= 0 && at < path.Length;)
        {
            Meter.Step();
            if (path[at] == '.')
            {
                var stop = path.AsSpan(at + 1).IndexOfAny('.', '[');
                stop = stop < 0 ? path.Length : at + 1 + stop;
                value = Lookup.Attribute(value, path[(at + 1)..stop], UndefinedMode.Stock);
                at = stop;
            }
            else
            {
                var close = path.IndexOf(']', at);
                if (close < 0) throw TemplateFailure.Value("the format has a [ that is not closed");
                var key = path[(at + 1)..close];
                value = Lookup.Item(value, Number.TryReadWhole(key, out var item) ? item : key, UndefinedMode.Stock);
                at = close + 1;
            }

        }

        return value;
    }

    static TemplateFailure Missing(string name) => TemplateFailure.Value($"the format needs a value for '{name}'");

    static object? At(IReadOnlyList<object?> positional, long index) => index >= 0 && index < positional.Count
        ? positional[(int)index]
        : throw TemplateFailure.Value($"the format needs a value {index}, there are {positional.Count}");
}
