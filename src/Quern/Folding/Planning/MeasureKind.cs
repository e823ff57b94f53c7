namespace Quern.Folding.Planning;

/// <summary>How values are added up.</summary>
enum MeasureKind
{
    /// <summary>Whole numbers and unscaled decimals of up to 64 bits: in 128 bits.</summary>
    Whole,

    /// <summary>Doubles: exactly, rounded once at the end.</summary>
    Double,

    /// <summary>Days and moments: they have a least and a greatest, and no sum.</summary>
    Moment,

    /// <summary>Texts: only whether there is one, and which it is for a sketch.</summary>
    Text,
}
