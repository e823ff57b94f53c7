namespace Quern.Folding.Results;

/// <summary>Groups of a grain, column by column; what a fold hands on, in ascending order of the codes of <see cref="Keys"/>.</summary>
/// <remarks>The arrays are valid until the call that got them returns, and are longer than <see cref="Rows"/>.</remarks>
sealed class GrainRows
{
    /// <summary>How many groups.</summary>
    public required int Rows { get; init; }

    /// <summary>Codes of each key, in the order in which the grain is stored.</summary>
    public required IReadOnlyList<uint[]> Keys { get; init; }

    /// <summary>Rows of each group.</summary>
    public required long[] Counts { get; init; }

    /// <summary>States of each measure, in the order of the fold.</summary>
    public required IReadOnlyList<MeasureRows> Measures { get; init; }
}
