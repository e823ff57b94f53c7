using Quern.Chunks;
using Quern.Folding.Expressions;

namespace Quern.Folding.Results;

/// <summary>Whole numbers, days or buckets of time: the value of a code is <see cref="First"/> + code.</summary>
/// <param name="Type">A type of whole numbers, BOOLEAN, DATE (days since 1970), or for minutes and hours TIMESTAMP.</param>
/// <param name="First">The value of code 0: the number itself, or of buckets their number since 1970.</param>
/// <param name="Count">How many codes have a value.</param>
/// <param name="Bucket">What values count; null for plain numbers and for columns that are days by themselves.</param>
sealed record LinearDomain(LogicalType Type, long First, uint Count, TimeBucket? Bucket = null) : KeyDomain(Type, Count)
{
    /// <inheritdoc/>
    public override bool IsSorted => true;
}
