namespace Quern.Folding.Planning;

/// <summary>How the values of a key are kept in records.</summary>
enum KeyKind
{
    /// <summary>Whole numbers of up to 64 bits, as their distance from a base.</summary>
    Whole,

    /// <summary>Texts, as their number in a dictionary.</summary>
    Text,

    /// <summary>So many texts that no dictionary holds them: rows are parted by their hashes, and a record has the text itself.</summary>
    Hashed,
}
