namespace Quern.Rollups.Store;

/// <summary>What the codes of a key stand for.</summary>
enum KeyKind
{
    /// <summary>Whole numbers, days or buckets of time without gaps.</summary>
    Linear,

    /// <summary>Numbers from a list.</summary>
    Number,

    /// <summary>Texts from a list.</summary>
    Text,
}
