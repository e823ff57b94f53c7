using Quern.Chunks;
using Quern.Folding.Expressions;

namespace Quern.Folding.Planning;

/// <summary>A value of a row that records hold, from which one key or several are made.</summary>
/// <param name="Name">For messages.</param>
/// <param name="Value">What it is made of; of buckets the finest that is needed.</param>
/// <param name="Kind">How it is kept.</param>
/// <param name="Type">Of the value.</param>
/// <param name="Bucket">The finest bucket; null for what is no bucket.</param>
sealed record FieldPlan(string Name, Expression Value, KeyKind Kind, LogicalType Type, TimeBucket? Bucket = null);
