using Quern.Chunks;
using Quern.Folding.Declared;

namespace Quern.Folding.Expressions;

/// <summary>A column that expressions can name.</summary>
/// <param name="Name">As the declaration spells it.</param>
/// <param name="Type">Its values.</param>
/// <param name="Epoch">Its whole numbers count this unit since 1970 in UTC; null for others.</param>
/// <param name="Made">What makes it, bound; null for a column of the source.</param>
sealed record FoldColumn(string Name, LogicalType Type, EpochUnit? Epoch = null, Expression? Made = null)
{
    /// <summary>The bucket that it is; null for none.</summary>
    public TimeBucket? Bucket => (Made as BucketTerm)?.Bucket;

    /// <summary>It holds moments of the time line: times of UTC that fall into buckets by the zone of the fold. Buckets themselves are local
    /// times already.</summary>
    public bool IsMoment => Made is null && (Epoch is not null || TypeClasses.Of(Type) == TypeClass.Moment);
}
