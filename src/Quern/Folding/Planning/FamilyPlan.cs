using Quern.Folding.Expressions;

namespace Quern.Folding.Planning;

/// <summary>Maximal grains that share their records and the partitions they are written to.</summary>
/// <param name="Fields">Positions in <see cref="FoldPlan.Fields"/>, of what a record holds.</param>
/// <param name="Grains">Positions of the maximal grains.</param>
/// <param name="Partition">Position in <see cref="FoldPlan.Fields"/> of what rows are parted by; null for one partition.</param>
/// <param name="Bucket">The bucket of that field that makes the partition; null for the value itself.</param>
sealed record FamilyPlan(IReadOnlyList<int> Fields, IReadOnlyList<int> Grains, int? Partition, TimeBucket? Bucket);
