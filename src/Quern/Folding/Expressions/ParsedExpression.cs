namespace Quern.Folding.Expressions;

/// <summary>An expression as it was written, its names not yet looked up.</summary>
/// <param name="Root">The tree.</param>
/// <param name="Text">What was read; empty for a tree that was not written as text.</param>
/// <param name="Places">Where each node begins in the text, by identity.</param>
sealed record ParsedExpression(Expression Root, string Text, IReadOnlyDictionary<Expression, int> Places)
{
    /// <summary>A tree that was not written as text.</summary>
    public ParsedExpression(Expression root) : this(root, "", new Dictionary<Expression, int>())
    {
    }

    /// <summary>Where a node begins; -1 when nobody knows.</summary>
    public int At(Expression node) => Places.TryGetValue(node, out var at) ? at : -1;
}
