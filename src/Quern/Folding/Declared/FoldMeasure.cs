namespace Quern.Folding.Declared;

/// <summary>What each group keeps of a column.</summary>
/// <param name="Of">A column of the source, or a derived one.</param>
/// <param name="Keep">Which states.</param>
sealed record FoldMeasure(string Of, MeasureKeep Keep);
