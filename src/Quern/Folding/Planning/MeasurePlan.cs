using Quern.Chunks;
using Quern.Folding.Declared;
using Quern.Folding.Expressions;

namespace Quern.Folding.Planning;

/// <summary>A measure as it is run.</summary>
/// <param name="Name">The column it is of.</param>
/// <param name="Value">What it is made of.</param>
/// <param name="Kind">How its values are added up.</param>
/// <param name="Type">Of the values.</param>
/// <param name="Keep">What is kept.</param>
sealed record MeasurePlan(string Name, Expression Value, MeasureKind Kind, LogicalType Type, MeasureKeep Keep);
