using Quern.Chunks;
using Quern.Folding.Expressions;

namespace Quern.Folding.Planning;

/// <summary>A key column: what it is made of and how its values become codes.</summary>
/// <param name="Name">What grains call it.</param>
/// <param name="Type">Of its values.</param>
/// <param name="Kind">How values are kept in a record.</param>
/// <param name="Field">Which of <see cref="FoldPlan.Fields"/> holds it, or what it is derived from.</param>
/// <param name="Bucket">The bucket of time it is; null for other keys.</param>
sealed record KeyPlan(string Name, LogicalType Type, KeyKind Kind, int Field, TimeBucket? Bucket = null);
