using System.Globalization;
using System.Text;
using Quern.Jinja.Methods;
using Quern.Jinja.Values;

namespace Quern.Jinja.Filters;

/// <summary>Filters that make one text from another.</summary>
static class TextFilters
{
    public static object? Text(object? value, Arguments arguments)
    {
        arguments.Bind("string", 0);
        return PythonText.Of(value);
    }

    public static object? Upper(object? value, Arguments arguments)
    {
        arguments.Bind("upper", 0);
        return Charged(PythonText.Of(value)).ToUpperInvariant();
    }

    public static object? Lower(object? value, Arguments arguments)
    {
        arguments.Bind("lower", 0);
        return Charged(PythonText.Of(value)).ToLowerInvariant();
    }

    public static object? Capitalize(object? value, Arguments arguments)
    {
        arguments.Bind("capitalize", 0);
        return TextMethods.Capitalized(Charged(PythonText.Of(value)));
    }

    /// <summary>Words begin after a blank, a hyphen or an opening bracket, and only there.</summary>
    public static object? Title(object? value, Arguments arguments)
    {
        arguments.Bind("title", 0);
        var text = Charged(PythonText.Of(value)).ToCharArray();
        var begins = true;
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            text[i] = begins ? char.ToUpperInvariant(c) : char.ToLowerInvariant(c);
            begins = Letters.IsSpace(c) || c is '-' or '(' or '{' or '[' or '<';
        }

        return new string(text);
    }

    public static object? Trim(object? value, Arguments arguments)
    {
        var characters = arguments.Bind("trim", 0, "chars").Text(0, null);
        return TextMethods.Strip(Charged(PythonText.Of(value)), characters, true, true);
    }

    public static object? Center(object? value, Arguments arguments)
    {
        var width = arguments.Bind("center", 0, "width").Whole(0, 80);
        return TextMethods.Pad(PythonText.Of(value), width, " ", 0);
    }

    public static object? Replace(object? value, Arguments arguments)
    {
        var bound = arguments.Bind("replace", 2, "old", "new", "count");
        return TextMethods.Replaced(
            PythonText.Of(value), PythonText.Of(bound[0]), PythonText.Of(bound[1]), bound.Whole(2, -1));
    }

    public static object? Format(object? value, Arguments arguments)
    {
        var format = PythonText.Of(value);
        if (arguments.Named.Count == 0)
            return PercentFormat.Apply(format, new TupleValue([.. arguments.Positional]));
        if (arguments.Positional.Count > 0)
            throw TemplateFailure.Arguments("format takes values by position or by name, not both");
        return PercentFormat.Apply(format, arguments.NamedAsDict());
    }

    public static object? ToJson(object? value, Arguments arguments)
    {
        var bound = arguments.Bind("tojson", 0, "indent");
        var indent = bound[0] is null ? -1 : (int)Math.Clamp(bound.Whole(0), 0, 100);
        return JsonText.Write(value, sortKeys: true, indent)
            .Replace("<", "\\u003c", StringComparison.Ordinal)
            .Replace(">", "\\u003e", StringComparison.Ordinal)
            .Replace("&", "\\u0026", StringComparison.Ordinal)
            .Replace("'", "\\u0027", StringComparison.Ordinal);
    }

    public static object? Escape(object? value, Arguments arguments)
    {
        arguments.Bind("escape", 0);
        return Charged(Charged(PythonText.Of(value)).Replace("&", "&amp;", StringComparison.Ordinal)
            .Replace("<", "&lt;", StringComparison.Ordinal)
            .Replace(">", "&gt;", StringComparison.Ordinal)
            .Replace("'", "&#39;", StringComparison.Ordinal)
            .Replace("\"", "&#34;", StringComparison.Ordinal));
    }

    /// <summary>Removes tags and comments of HTML and puts one space for each run of blanks.</summary>
    public static object? StripTags(object? value, Arguments arguments)
    {
        arguments.Bind("striptags", 0);
        var text = Charged(PythonText.Of(value));
        var output = new StringBuilder(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            var end = text[i] != '<' ? -1
                : string.CompareOrdinal(text, i, "<!--", 0, 4) == 0 ? EndOf(text, i, "-->")
                : EndOf(text, i, ">");
            if (end >= 0) i = end - 1;
            else output.Append(text[i]);
        }

        return string.Join(' ', TextMethods.Words(output.ToString()));
    }

    public static object? UrlEncode(object? value, Arguments arguments)
    {
        arguments.Bind("urlencode", 0);
        if (value is string || Iteration.TryOver(value) is null) return Encoded(PythonText.Of(value), true);
        var pairs = value is Dict dict ? [.. new DictView(dict, DictView.Part.Pairs).Items] : Iteration.Over(value);
        var parts = new List<string>(pairs.Count);
        foreach (var pair in pairs)
        {
            if (pair is not IReadOnlyList<object?> { Count: 2 } parted)
                throw TemplateFailure.Type("urlencode needs a dict, a text or pairs");
            parts.Add($"{Encoded(PythonText.Of(parted[0]), false)}={Encoded(PythonText.Of(parted[1]), false)}");
        }

        return string.Join('&', parts);
    }

    public static object? WordCount(object? value, Arguments arguments)
    {
        arguments.Bind("wordcount", 0);
        var (count, inside) = (0L, false);
        foreach (var c in Charged(PythonText.Of(value)))
        {
            var isWord = char.IsLetterOrDigit(c) || c == '_';
            if (isWord && !inside) count++;
            inside = isWord;
        }

        return Value.Box(count);
    }

    public static object? PrettyPrint(object? value, Arguments arguments)
    {
        arguments.Bind("pprint", 0);
        return PythonText.Represent(value);
    }

    static int EndOf(string text, int from, string mark)
    {
        Meter.Step((text.Length - from) >> 6);
        var at = text.IndexOf(mark, from, StringComparison.Ordinal);
        return at < 0 ? -1 : at + mark.Length;
    }

    static string Encoded(string text, bool keepSlash)
    {
        var output = new StringBuilder();
        foreach (var b in Encoding.UTF8.GetBytes(Charged(text)))
        {
            var c = (char)b;
            var isSafe = char.IsAsciiLetterOrDigit(c) || c is '_' or '.' or '-' or '~' || (keepSlash && c == '/');
            if (isSafe) output.Append(c);
            else if (c == ' ' && !keepSlash) output.Append('+');
            else output.Append(CultureInfo.InvariantCulture, $"%{b:X2}");
        }

        return Charged(output.ToString());
    }

    static string Charged(string text)
    {
        Meter.ChargeText(text.Length);
        return text;
    }
}
