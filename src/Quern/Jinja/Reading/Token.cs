namespace Quern.Jinja.Reading;

/// <summary>A piece of a template.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="At">Where it starts in the source.</param>
/// <param name="End">Where it ends in the source.</param>
/// <param name="Value">Template text, a name, a text without its quotes or a number; else null.</param>
readonly record struct Token(TokenKind Kind, int At, int End, object? Value = null)
{
    /// <summary>The name; empty for anything but a name.</summary>
    public string Name => Kind == TokenKind.Name ? (string)Value! : "";

    /// <summary>How an error message calls it.</summary>
    public string Describe() => Kind switch
    {
        TokenKind.End => "the end of the template",
        TokenKind.Data => "template text",
        TokenKind.PrintBegin => "'{{'",
        TokenKind.PrintEnd => "'}}'",
        TokenKind.TagBegin => "'{%'",
        TokenKind.TagEnd => "'%}'",
        TokenKind.Name => $"'{Value}'",
        TokenKind.Text => "a text",
        TokenKind.Number => $"the number {Values.PythonText.Of(Value)}",
        _ => $"'{Symbol(Kind)}'",
    };

    public static string Symbol(TokenKind kind) => kind switch
    {
        TokenKind.PrintEnd => "}}",
        TokenKind.TagEnd => "%}",
        TokenKind.Name => "a name",
        TokenKind.Plus => "+",
        TokenKind.Minus => "-",
        TokenKind.Slash => "/",
        TokenKind.DoubleSlash => "//",
        TokenKind.Star => "*",
        TokenKind.Percent => "%",
        TokenKind.DoubleStar => "**",
        TokenKind.Tilde => "~",
        TokenKind.OpenBracket => "[",
        TokenKind.CloseBracket => "]",
        TokenKind.OpenParen => "(",
        TokenKind.CloseParen => ")",
        TokenKind.OpenBrace => "{",
        TokenKind.CloseBrace => "}",
        TokenKind.Equal => "==",
        TokenKind.NotEqual => "!=",
        TokenKind.Greater => ">",
        TokenKind.GreaterOrEqual => ">=",
        TokenKind.Less => "<",
        TokenKind.LessOrEqual => "<=",
        TokenKind.Assign => "=",
        TokenKind.Dot => ".",
        TokenKind.Colon => ":",
        TokenKind.Pipe => "|",
        TokenKind.Comma => ",",
        TokenKind.Semicolon => ";",
        _ => kind.ToString(),
    };
}
