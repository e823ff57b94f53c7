namespace Quern.Folding.Results;

/// <summary>States of a measure for each group; arrays of states that are not kept are null. Where <see cref="Counts"/> is 0 the others mean NULL.</summary>
sealed class MeasureRows
{
    /// <summary>Values that are not NULL.</summary>
    public required long[] Counts { get; init; }

    /// <summary>Sums of DOUBLE, each the sum of all values rounded once.</summary>
    public double[]? Sums { get; init; }

    /// <summary>Sums of whole numbers and decimals (unscaled), exact.</summary>
    public Int128[]? WholeSums { get; init; }

    /// <summary>Least values: the number, the unscaled number, the moment, or the bits of a DOUBLE.</summary>
    public long[]? Min { get; init; }

    /// <summary>Greatest values, as <see cref="Min"/>.</summary>
    public long[]? Max { get; init; }

    /// <summary>Sums of the squares, as DOUBLE.</summary>
    public double[]? SumSquares { get; init; }

    /// <summary>Sketches of distinct values.</summary>
    public byte[]?[]? Sketches { get; init; }
}
