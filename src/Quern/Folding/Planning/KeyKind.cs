namespace Quern.Folding.Planning;

/// <summary>How the values of a key are kept in records.</summary>
enum KeyKind
{
    /// <summary>Whole numbers of up to 64 bits, as their distance from a base.</summary>
    Whole,

    /// <summary>Texts, as their number in a dictionary.</summary>
    Text,

    /// <summary>Numbers too far apart to count the distance, as their number in a dictionary.</summary>
    Number,
}
