namespace Quern.Folding.Expressions;

/// <summary>A word of an expression.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Text">As it is written; names and texts without their quotes.</param>
/// <param name="At">Where it begins, in characters from 0.</param>
readonly record struct Token(TokenKind Kind, string Text, int At)
{
    /// <summary>It is this keyword, in any case.</summary>
    public bool Is(string keyword) => Kind == TokenKind.Word && Text.Equals(keyword, StringComparison.OrdinalIgnoreCase);

    /// <summary>It is this operator or bracket.</summary>
    public bool IsSign(string sign) => Kind == TokenKind.Sign && Text == sign;
}
