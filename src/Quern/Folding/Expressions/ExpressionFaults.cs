namespace Quern.Folding.Expressions;

/// <summary>What can be wrong with an expression, each with the place in its text. Who knows the file adds it (<see cref="At"/>).</summary>
static class ExpressionFaults
{
    /// <summary>The text cannot be read.</summary>
    public static QuernException Syntax(string text, int at, string wanted) => Of("QN7530", "this cannot be read", text, at, wanted);

    /// <summary>A name that is no column.</summary>
    public static QuernException NoColumn(string name, IReadOnlyList<string> names, string text, int at) =>
        new(new Fault("QN7531", "there is no column of this name")
        {
            Value = Caret(text, at) ?? name,
            Wanted = string.Join(", ", names),
            Try = NearestName.Of(name, names) is { } nearest ? [nearest] : [],
            ExitCode = ExitCode.Usage,
        });

    /// <summary>A name that is no function.</summary>
    public static QuernException NoFunction(string name, string text, int at) =>
        new(new Fault("QN7533", "there is no function of this name")
        {
            Value = Caret(text, at) ?? name,
            Wanted = string.Join(", ", FunctionNames.All),
            Try = NearestName.Of(name, FunctionNames.All) is { } nearest ? [nearest] : [],
            ExitCode = ExitCode.Usage,
        });

    /// <summary>Values whose types do not go together.</summary>
    public static QuernException Type(string text, int at, string wanted) =>
        Of("QN7532", "the types of these values do not go together", text, at, wanted);

    /// <summary>A constant that is no value of the column that it is compared with.</summary>
    public static QuernException Literal(string literal, string wanted, string text, int at) =>
        Of("QN7534", "a constant is none of the type that it is compared with", text.Length > 0 ? text : literal, at, wanted);

    /// <summary>The same error with the place of the expression.</summary>
    public static QuernException At(QuernException error, string place) => new(error.Fault with { Where = place }, error);

    /// <summary>A line of a text with a caret below a character; null for no text.</summary>
    public static string? Caret(string text, int at)
    {
        if (text.Length == 0 || at < 0) return text.Length == 0 ? null : text;
        var from = at == 0 ? 0 : text.LastIndexOf('\n', at - 1) + 1;
        var to = text.IndexOf('\n', at);
        return $"{text[from..(to < 0 ? text.Length : to)].Replace('\t', ' ')}\n{new string(' ', at - from)}^";
    }

    static QuernException Of(string code, string what, string text, int at, string wanted) =>
        new(new Fault(code, what) { Value = Caret(text, at), Wanted = wanted, ExitCode = ExitCode.Usage });
}
