using Quern.Jinja.Values;

namespace Quern.Jinja.Methods;

/// <summary>The methods of texts by name.</summary>
static class TextMethodTable
{
    public static Method? Find(string name) => name switch
    {
        "capitalize" => static (text, arguments) => TextMethods.Capitalized(Only(text, arguments, "capitalize")),
        "casefold" or "lower" => static (text, arguments) => Only(text, arguments, "lower").ToLowerInvariant(),
        "center" => static (text, arguments) => Pad(text, arguments, "center", 0),
        "count" => static (text, arguments) => Count(Charged(text), arguments),
        "endswith" => static (text, arguments) => EndsWith(Charged(text), arguments),
        "expandtabs" => static (text, arguments) =>
            TextMethods.Untabbed(Charged(text), arguments.Bind("expandtabs", 0, "tabsize").Whole(0, 8)),
        "find" => static (text, arguments) => Value.Box((long)Position(Charged(text), arguments, "find", false)),
        "format" => static (text, arguments) =>
            BraceFormat.Apply((string)text, arguments.Positional, arguments.NamedAsDict()),
        "format_map" => FormatMap,
        "index" => static (text, arguments) => Found(Position(Charged(text), arguments, "index", false)),
        "isalnum" => static (text, arguments) => All(text, arguments, char.IsLetterOrDigit),
        "isalpha" => static (text, arguments) => All(text, arguments, char.IsLetter),
        "isascii" => static (text, arguments) => Value.Box(Only(text, arguments, "isascii").All(char.IsAscii)),
        "isdecimal" or "isdigit" => static (text, arguments) => All(text, arguments, char.IsDigit),
        "isidentifier" => static (text, arguments) =>
            Value.Box(TextMethods.IsIdentifier(Only(text, arguments, "isidentifier"))),
        "islower" => static (text, arguments) => Value.Box(TextMethods.IsLower(Only(text, arguments, "islower"))),
        "isnumeric" => static (text, arguments) => All(text, arguments, char.IsNumber),
        "isspace" => static (text, arguments) => All(text, arguments, Letters.IsSpace),
        "istitle" => static (text, arguments) => Value.Box(TextMethods.IsTitled(Only(text, arguments, "istitle"))),
        "isupper" => static (text, arguments) => Value.Box(TextMethods.IsUpper(Only(text, arguments, "isupper"))),
        "join" => Join,
        "ljust" => static (text, arguments) => Pad(text, arguments, "ljust", -1),
        "lstrip" => static (text, arguments) => Strip(text, arguments, "lstrip", true, false),
        "partition" => static (text, arguments) => Partition(Charged(text), arguments, "partition", false),
        "removeprefix" => RemovePrefix,
        "removesuffix" => RemoveSuffix,
        "replace" => Replace,
        "rfind" => static (text, arguments) => Value.Box((long)Position(Charged(text), arguments, "rfind", true)),
        "rindex" => static (text, arguments) => Found(Position(Charged(text), arguments, "rindex", true)),
        "rjust" => static (text, arguments) => Pad(text, arguments, "rjust", 1),
        "rpartition" => static (text, arguments) => Partition(Charged(text), arguments, "rpartition", true),
        "rsplit" => static (text, arguments) => Split(Charged(text), arguments, "rsplit", true),
        "rstrip" => static (text, arguments) => Strip(text, arguments, "rstrip", false, true),
        "split" => static (text, arguments) => Split(Charged(text), arguments, "split", false),
        "splitlines" => static (text, arguments) => Texts(
            TextMethods.Lines((string)text, arguments.Bind("splitlines", 0, "keepends").Flag(0))),
        "startswith" => static (text, arguments) => StartsWith(Charged(text), arguments),
        "strip" => static (text, arguments) => Strip(text, arguments, "strip", true, true),
        "swapcase" => static (text, arguments) => TextMethods.CaseSwapped(Only(text, arguments, "swapcase")),
        "title" => static (text, arguments) => TextMethods.Titled(Only(text, arguments, "title")),
        "upper" => static (text, arguments) => Only(text, arguments, "upper").ToUpperInvariant(),
        "zfill" => ZeroFill,
        _ => null,
    };

    static string Charged(object target)
    {
        var text = (string)target;
        Meter.ChargeText(text.Length);
        return text;
    }

    static string Only(object target, Arguments arguments, string name)
    {
        arguments.Bind(name, 0);
        return Charged(target);
    }

    static object All(object target, Arguments arguments, Func<char, bool> holds)
    {
        var text = Only(target, arguments, "is");
        return Value.Box(text.Length > 0 && text.All(holds));
    }

    static string Pad(object target, Arguments arguments, string name, int side)
    {
        var bound = arguments.Bind(name, 1, "width", "fillchar");
        return TextMethods.Pad((string)target, bound.Whole(0), bound.Text(1, " ")!, side);
    }

    static string Strip(object target, Arguments arguments, string name, bool left, bool right) =>
        TextMethods.Strip(Charged(target), arguments.Bind(name, 0, "chars").Text(0, null), left, right);

    static object? FormatMap(object target, Arguments arguments)
    {
        var mapping = arguments.Bind("format_map", 1, "mapping")[0] as Dict
            ?? throw TemplateFailure.Type("format_map needs a dict");
        return BraceFormat.Apply((string)target, [], mapping);
    }

    static object? Join(object target, Arguments arguments)
    {
        var items = Iteration.Over(arguments.Bind("join", 1, "iterable")[0]);
        var separator = (string)target;
        var texts = new string[items.Count];
        var length = (long)separator.Length * items.Count;
        for (var i = 0; i < texts.Length; i++)
        {
            texts[i] = items[i] as string ?? throw TemplateFailure.Type(
                $"item {i} of the list to join is a {Value.TypeName(items[i])}, not a text",
                "the filter takes any item: list | join(', ')");
            length += texts[i].Length;
        }

        Meter.ChargeText(length);
        return string.Join(separator, texts);
    }

    static object? Replace(object target, Arguments arguments)
    {
        var bound = arguments.Bind("replace", 2, "old", "new", "count");
        return TextMethods.Replaced((string)target, bound.Text(0), bound.Text(1), bound.Whole(2, -1));
    }

    static object? RemovePrefix(object target, Arguments arguments)
    {
        var (text, prefix) = (Charged(target), arguments.Bind("removeprefix", 1, "prefix").Text(0));
        return text.StartsWith(prefix, StringComparison.Ordinal) ? text[prefix.Length..] : text;
    }

    static object? RemoveSuffix(object target, Arguments arguments)
    {
        var (text, suffix) = (Charged(target), arguments.Bind("removesuffix", 1, "suffix").Text(0));
        return suffix.Length > 0 && text.EndsWith(suffix, StringComparison.Ordinal) ? text[..^suffix.Length] : text;
    }

    static object? ZeroFill(object target, Arguments arguments)
    {
        var width = arguments.Bind("zfill", 1, "width").Whole(0);
        var text = (string)target;
        var sign = text.Length > 0 && text[0] is '+' or '-' ? text[..1] : "";
        return sign + TextMethods.Pad(text[sign.Length..], width - sign.Length, "0", 1);
    }

    static object Count(string text, Arguments arguments)
    {
        var (part, window, _) = Window(text, arguments, "count");
        if (part.Length == 0) return Value.Box(Letters.Count(window) + 1L);
        var count = 0L;
        for (var at = 0; (at = window.IndexOf(part, at, StringComparison.Ordinal)) >= 0; at += part.Length) count++;
        return Value.Box(count);
    }

    static int Position(string text, Arguments arguments, string name, bool last)
    {
        var (part, window, from) = Window(text, arguments, name);
        var at = last
            ? part.Length == 0 ? window.Length : window.LastIndexOf(part, StringComparison.Ordinal)
            : window.IndexOf(part, StringComparison.Ordinal);
        return at < 0 ? -1 : Letters.Index(text, from + at);
    }

    static object Found(int position) =>
        position >= 0
            ? Value.Box((long)position)
            : throw TemplateFailure.Value("substring not found", "use find, which gives -1");

    /// <summary>The text between the optional start and end arguments, with where it begins.</summary>
    static (string Part, string Window, int From) Window(string text, Arguments arguments, string name)
    {
        var bound = arguments.Bind(name, 1, "sub", "start", "end");
        if (!bound.Has(1) && !bound.Has(2)) return (bound.Text(0), text, 0);
        var count = Letters.Count(text);
        var from = Letters.Offset(text, Clip(bound.Whole(1, 0), count));
        var to = Letters.Offset(text, Clip(bound.Whole(2, count), count));
        return (bound.Text(0), from <= to ? text[from..to] : "", from);
    }

    static int Clip(long index, int count) => (int)Math.Clamp(index < 0 ? index + count : index, 0, count);

    static object StartsWith(string text, Arguments arguments)
    {
        var (window, parts) = Affixes(text, arguments, "startswith", "prefix");
        return Value.Box(parts.Any(part => window.StartsWith(part, StringComparison.Ordinal)));
    }

    static object EndsWith(string text, Arguments arguments)
    {
        var (window, parts) = Affixes(text, arguments, "endswith", "suffix");
        return Value.Box(parts.Any(part => window.EndsWith(part, StringComparison.Ordinal)));
    }

    static (string Window, IEnumerable<string> Parts) Affixes(
        string text, Arguments arguments, string name, string first)
    {
        var bound = arguments.Bind(name, 1, first, "start", "end");
        var parts = bound[0] is TupleValue several
            ? several.Select(part => part as string ?? throw TemplateFailure.Type($"{name}() needs texts in its tuple"))
            : [bound.Text(0)];
        var count = Letters.Count(text);
        var from = Letters.Offset(text, Clip(bound.Whole(1, 0), count));
        var to = Letters.Offset(text, Clip(bound.Whole(2, count), count));
        return (from <= to ? text[from..to] : "", parts);
    }

    static TupleValue Partition(string text, Arguments arguments, string name, bool last)
    {
        var separator = arguments.Bind(name, 1, "sep").Text(0);
        if (separator.Length == 0) throw TemplateFailure.Value($"{name} needs a separator that is not empty");
        var at = last
            ? text.LastIndexOf(separator, StringComparison.Ordinal)
            : text.IndexOf(separator, StringComparison.Ordinal);
        if (at < 0) return last ? new TupleValue("", "", text) : new TupleValue(text, "", "");
        return new TupleValue(text[..at], separator, text[(at + separator.Length)..]);
    }

    static List<object?> Split(string text, Arguments arguments, string name, bool fromRight)
    {
        var bound = arguments.Bind(name, 0, "sep", "maxsplit");
        var limit = bound.Whole(1, -1);
        var cutsFromRight = fromRight && limit >= 0;
        if (bound[0] is null)
            return Texts(cutsFromRight ? TextMethods.WordsRight(text, limit) : TextMethods.Words(text, limit));
        var separator = bound.Text(0);
        return Texts(cutsFromRight
            ? TextMethods.SplitRight(text, separator, limit)
            : TextMethods.Split(text, separator, limit));
    }

    static List<object?> Texts(List<string> texts)
    {
        Meter.ChargeItems(2L * texts.Count);
        return [.. texts];
    }
}
