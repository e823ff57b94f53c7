namespace Quern.Folding.Kernel.Lanes;

/// <summary>What the values of a lane are.</summary>
enum LaneKind
{
    /// <summary>64 bits: numbers, unscaled decimals, days, moments, truth values.</summary>
    Whole,

    /// <summary>DOUBLE.</summary>
    Double,

    /// <summary>Texts.</summary>
    Text,
}
