namespace Quern.Folding.Expressions;

/// <summary>A value made of the columns of a row. One tree stands for derived columns and filters of folds and for the conditions of
/// queries; the kernel evaluates it, the engine gets it as SQL.</summary>
abstract record Expression;

/// <summary>A column of the source, or a derived one.</summary>
/// <param name="Name">As the declaration spells it.</param>
sealed record ColumnTerm(string Name) : Expression;

/// <summary>A constant: <see cref="long"/>, <see cref="double"/>, <see cref="decimal"/>, <see cref="string"/>, <see cref="bool"/>,
/// <see cref="DateOnly"/>, <see cref="DateTime"/> in the zone of the fold, or null.</summary>
sealed record Constant(object? Value) : Expression;

/// <summary>The bucket of time into which a moment or a day falls, in the zone of the fold.</summary>
sealed record BucketTerm(TimeBucket Bucket, Expression Of) : Expression;

/// <summary>A function or an operator of other values.</summary>
/// <param name="Function">Which one.</param>
/// <param name="Arguments">What it is of.</param>
sealed record CallTerm(ScalarFunction Function, IReadOnlyList<Expression> Arguments) : Expression;

/// <summary>The value of the first condition that holds.</summary>
/// <param name="Branches">Conditions and values.</param>
/// <param name="Else">The value when none holds; null for NULL.</param>
sealed record CaseTerm(IReadOnlyList<(Expression When, Expression Then)> Branches, Expression? Else) : Expression;

/// <summary>Two values compared; NULL when one is NULL.</summary>
sealed record CompareTerm(Comparison How, Expression Left, Expression Right) : Expression;

/// <summary>All hold; of no terms true.</summary>
sealed record AllTerm(IReadOnlyList<Expression> Terms) : Expression;

/// <summary>One holds; of no terms false.</summary>
sealed record AnyTerm(IReadOnlyList<Expression> Terms) : Expression;

/// <summary>The contrary; NULL of NULL.</summary>
sealed record NotTerm(Expression Term) : Expression;

/// <summary>One of some constants; of none nothing matches.</summary>
sealed record InTerm(Expression Of, IReadOnlyList<Constant> Values) : Expression;

/// <summary>Between two values, which both belong to it.</summary>
sealed record BetweenTerm(Expression Of, Expression From, Expression To) : Expression;

/// <summary>Is NULL.</summary>
sealed record IsNullTerm(Expression Of) : Expression;

/// <summary>A text that matches a pattern of SQL's LIKE: % for any characters, _ for one.</summary>
/// <param name="Of">The text.</param>
/// <param name="Pattern">The pattern.</param>
/// <param name="Escape">Makes the next character of the pattern stand for itself; null for none.</param>
sealed record LikeTerm(Expression Of, string Pattern, char? Escape = null) : Expression;
