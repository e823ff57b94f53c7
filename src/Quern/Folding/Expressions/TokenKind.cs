namespace Quern.Folding.Expressions;

/// <summary>What a word of an expression is.</summary>
enum TokenKind
{
    /// <summary>A name or a keyword.</summary>
    Word,

    /// <summary>A name in double quotes, never a keyword.</summary>
    Name,

    /// <summary>A number.</summary>
    Number,

    /// <summary>A text in single quotes.</summary>
    Text,

    /// <summary>An operator or a bracket.</summary>
    Sign,

    /// <summary>Behind the last one.</summary>
    End,
}
