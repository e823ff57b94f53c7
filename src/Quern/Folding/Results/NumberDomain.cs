using Quern.Chunks;

namespace Quern.Folding.Results;

/// <summary>Numbers that are too far apart to count them: ascending, each once.</summary>
/// <param name="Type">Of 8 bytes: BIGINT, DOUBLE (as bits), TIMESTAMP, or DECIMAL as its unscaled number.</param>
/// <param name="Values">The values of the codes.</param>
sealed record NumberDomain(LogicalType Type, ReadOnlyMemory<long> Values) : KeyDomain(Type, (uint)Values.Length)
{
    /// <inheritdoc/>
    public override bool IsSorted => true;
}
