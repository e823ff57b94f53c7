namespace Quern.Folding.Planning;

/// <summary>A grain as it is run.</summary>
/// <param name="Name">What quern.yml calls it.</param>
/// <param name="Keys">Positions in <see cref="FoldPlan.Keys"/>, in the order in which the grain is stored.</param>
/// <param name="Family">Which records it is made of, if it is maximal.</param>
/// <param name="Parent">The grain it is folded out of; null when it is maximal.</param>
/// <param name="IsLocal">Its groups never lie in two partitions.</param>
sealed record GrainPlan(string Name, IReadOnlyList<int> Keys, int Family, int? Parent, bool IsLocal)
{
    /// <summary>It is folded out of rows, and not out of another grain.</summary>
    public bool IsMaximal => Parent is null;
}
