namespace Quern.Folding.Kernel.Sums;

/// <summary>A value of a measure, ready to be added to groups.</summary>
/// <param name="Low">The lower half of what it adds to a sum.</param>
/// <param name="High">The upper half.</param>
/// <param name="Order">The value as it is compared.</param>
/// <param name="Row">The row of the block that it belongs to.</param>
readonly record struct Amount(ulong Low, long High, long Order, long Row);
