using Quern.Chunks;

namespace Quern.Folding.Expressions;

/// <summary>An expression whose names are looked up and whose constants have the types of what they are compared with.</summary>
/// <param name="Tree">Names as the declaration spells them; a bucket of a bucket of a moment is one of the moment.</param>
/// <param name="Type">Of its value.</param>
sealed record BoundExpression(Expression Tree, LogicalType Type);
