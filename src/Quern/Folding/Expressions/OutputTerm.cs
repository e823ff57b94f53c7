using Quern.Chunks;

namespace Quern.Folding.Expressions;

/// <summary>A value that a query has computed: a key of its groups or an aggregate. Only in conditions on groups.</summary>
/// <param name="Value">Its number.</param>
/// <param name="Type">Its type.</param>
/// <param name="Bucket">The bucket of time that it is; null for none.</param>
sealed record OutputTerm(int Value, LogicalType Type, TimeBucket? Bucket = null) : Expression;
