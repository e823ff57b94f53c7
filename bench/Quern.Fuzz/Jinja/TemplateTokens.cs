namespace Quern.Fuzz.Jinja;

/// <summary>Pieces of the template language.</summary>
static class TemplateTokens
{
    static readonly string[] Marks =
    [
        "{{", "}}", "{%", "%}", "{#", "#}", "{%-", "-%}", "{{-", "-}}", "{%+", "(", ")", "[", "]", "{", "}", "'", "\"", "\\", "|", ".", ",", ":",
        "=", "==", "!=", "<=", ">=", "+", "-", "*", "**", "/", "//", "%", "~", "<", ";", "\n", "\r\n", "\t", "\0", "😀", "é", "\u00a0", "\u2028",
    ];

    static readonly string[] Values =
    [
        "x", "y", "rows", "d", "day", "at", "money", "1", "0", "2.5", "1e9", "1e308", "99999999999", "9223372036854775807", "none", "true", "false",
        "'a'", "\"b\"", "[1,2]", "(1,)", "{'a':1}", "range(9)", "namespace(a=1)", "dict(a=1)", "cycler(1,2)", "joiner()", "__class__", "undef",
        "'inc'", "'mac'", "'base'", "'mid'", "'rec'", "return(x)", "'%s %d %5.2f'", "'{:>9} {0!r:^{1}}'", "'%Y-%m-%d'", "'\\u00e9\\n'",
    ];

    static readonly string[] Blocks =
    [
        "{% if x %}", "{% elif y %}", "{% else %}", "{% endif %}", "{% for i in rows %}", "{% for k, v in d.items() recursive %}", "{% endfor %}",
        "{{ loop(rows) }}", "{{ loop.index }}", "{% set a = x %}", "{% set a %}", "{% endset %}", "{% macro m(a, b=1) %}", "{% endmacro %}", "{{ m(x) }}",
        "{% call m(1) %}", "{% call(z) m(1) %}", "{% endcall %}", "{{ caller() }}", "{% filter upper %}", "{% endfilter %}", "{% raw %}", "{% endraw %}",
        "{% include 'inc' %}", "{% import 'mac' as o %}", "{% from 'mac' import m with context %}", "{% extends 'base' %}", "{% block b %}",
        "{% endblock %}", "{{ super() }}", "{{ self.b() }}", "{% with a = 1 %}", "{% endwith %}", "{% do rows.append(1) %}", "{% break %}",
        "{% continue %}", "{% set ns.a = 2 %}", "{% autoescape true %}", "{% endautoescape %}", "ignore missing", "varargs", "kwargs",
    ];

    static readonly string[] Names =
    [
        "abs", "attr", "batch", "capitalize", "center", "count", "default", "dictsort", "escape", "filesizeformat", "first", "float", "format",
        "groupby", "indent", "int", "items", "join", "last", "length", "list", "lower", "map", "max", "min", "pprint", "reject", "rejectattr",
        "replace", "reverse", "round", "safe", "select", "selectattr", "slice", "sort", "string", "striptags", "sum", "title", "tojson", "trim",
        "truncate", "unique", "upper", "urlencode", "wordcount", "wordwrap", "append", "casefold", "clear", "copy", "endswith", "expandtabs",
        "extend", "find", "format_map", "get", "index", "insert", "isalnum", "isdigit", "isidentifier", "istitle", "keys", "ljust", "lstrip",
        "partition", "pop", "popitem", "remove", "removeprefix", "rfind", "rindex", "rjust", "rpartition", "rsplit", "rstrip", "setdefault",
        "split", "splitlines", "startswith", "strip", "swapcase", "update", "values", "zfill", "strftime", "isoformat", "total_seconds",
        "bit_length", "is_integer", "astimezone", "weekday", "boolean", "callable", "defined", "divisibleby", "eq", "even", "filter", "ge", "gt",
        "in", "iterable", "le", "lt", "mapping", "ne", "number", "odd", "sameas", "sequence", "test", "undefined",
    ];

    static readonly string[] Keywords =
    [
        "if", "elif", "else", "endif", "for", "in", "is", "not", "and", "or", "set", "macro", "call", "block", "filter", "raw", "include", "import",
        "from", "as", "with", "without", "context", "extends", "recursive", "loop", "self", "caller", "super", "scoped", "required", "do", "ignore",
    ];

    /// <summary>All pieces, names also as they stand behind values.</summary>
    public static IReadOnlyList<string> All { get; } =
    [
        .. Marks, .. Values, .. Blocks, .. Keywords.Select(k => $" {k} "), .. Names, .. Names.Select(n => $"|{n}"), .. Names.Select(n => $"|{n}(1)"),
        .. Names.Select(n => $".{n}()"), .. Names.Select(n => $".{n}('a')"), .. Names.Select(n => $"|map('{n}')"), .. Names.Select(n => $" is {n}"),
        .. Names.Select(n => $"|{n}(x, y)"), .. Names.Select(n => $"|select('{n}')"),
    ];

    /// <summary>Names that mean something, with a number each that is no kind of token.</summary>
    public static IReadOnlyDictionary<string, long> Words { get; } = Keywords.Concat(Names).Distinct()
        .Select((word, i) => (word, i)).ToDictionary(w => w.word, w => 1000L + w.i, StringComparer.Ordinal);

    /// <summary>What nests.</summary>
    public static IReadOnlyList<(string Open, string Inside, string Close)> Nesting { get; } =
    [
        ("{{ (", "1", ") }}"), ("(", "1", ")"), ("[", "1", "]"), ("{'a':", "1", "}"), ("{{", "x", "}}"), ("{% if x %}", "a", "{% endif %}"),
        ("{% for i in [1] %}", "a", "{% endfor %}"), ("{% macro m() %}", "a", "{% endmacro %}"), ("{% call m() %}", "a", "{% endcall %}"),
        ("{% filter upper %}", "a", "{% endfilter %}"), ("{% set a %}", "a", "{% endset %}"), ("{% with %}", "a", "{% endwith %}"),
        ("{{ not ", "x", " }}"), ("not ", "x", ""), ("-", "1", ""), ("x if x else ", "1", ""), ("{{ x", "", "|upper }}"), ("x", "", "|upper"),
        ("x", "", ".a"), ("x", "", "[0]"), ("x", "", "()"), ("1", "1", "+1"), ("1", "1", "**1"), ("1", "1", "~1"), ("1", "1", " and 1"),
        ("1", "1", "<1"), ("x|map(", "'a'", ")"), ("{% block b %}", "", "{% endblock %}"), ("{% raw %}", "", "{% endraw %}"), ("{#", "", "#}"),
    ];
}
