namespace Quern.Folding.Declared;

/// <summary>States of a column that can be merged: those of two groups give that of both together.</summary>
[Flags]
enum MeasureKeep
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>How many values are not NULL. Kept with each of the others.</summary>
    Count = 1,

    /// <summary>The sum; of no values NULL.</summary>
    Sum = 2,

    /// <summary>The least value.</summary>
    Min = 4,

    /// <summary>The greatest value.</summary>
    Max = 8,

    /// <summary>The sum of the squares.</summary>
    SumSquares = 16,

    /// <summary>A sketch from which the number of distinct values is estimated (HyperLogLog).</summary>
    Distinct = 32,
}
