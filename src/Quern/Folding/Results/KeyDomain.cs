using Quern.Chunks;

namespace Quern.Folding.Results;

/// <summary>What the codes of a key stand for. Codes are 0 to <see cref="Count"/> - 1; the code <see cref="Count"/> is NULL, so it sorts last.</summary>
/// <param name="Type">Of the values.</param>
/// <param name="Count">How many codes have a value, at most 2^32 - 2.</param>
abstract record KeyDomain(LogicalType Type, uint Count)
{
    /// <summary>The code of NULL.</summary>
    public uint Null => Count;

    /// <summary>The order of the codes is the order of the values.</summary>
    public abstract bool IsSorted { get; }
}
