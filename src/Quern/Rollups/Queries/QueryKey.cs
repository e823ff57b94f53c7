using Quern.Chunks;
using Quern.Folding.Expressions;

namespace Quern.Rollups.Queries;

/// <summary>A value by which a query groups, or which it selects as it stands.</summary>
/// <param name="Text">As messages name it.</param>
/// <param name="Tree">A column or a bucket of one, bound.</param>
/// <param name="Type">Its type.</param>
/// <param name="Bucket">The bucket of time that it is; null for none.</param>
sealed record QueryKey(string Text, Expression Tree, LogicalType Type, TimeBucket? Bucket);
