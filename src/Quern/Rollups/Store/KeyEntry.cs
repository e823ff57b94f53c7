using Quern.Chunks;
using Quern.Folding.Expressions;

namespace Quern.Rollups.Store;

/// <summary>A key, in the manifest.</summary>
/// <param name="Name">The column, as the fold names it.</param>
/// <param name="Type">Of its values.</param>
/// <param name="Kind">What its codes stand for.</param>
/// <param name="Count">How many codes have a value.</param>
sealed record KeyEntry(string Name, LogicalType Type, KeyKind Kind, uint Count)
{
    /// <summary>The value of code 0, of a linear key.</summary>
    public long First { get; init; }

    /// <summary>What a linear key counts; null for plain numbers and days.</summary>
    public TimeBucket? Bucket { get; init; }

    /// <summary>Texts are ascending.</summary>
    public bool IsSorted { get; init; } = true;

    /// <summary>Path in the store of the values; null for a linear key.</summary>
    public string? File { get; init; }
}
