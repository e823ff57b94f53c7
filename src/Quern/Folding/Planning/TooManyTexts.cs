namespace Quern.Folding.Planning;

/// <summary>A key has more texts than a dictionary can hold, or rows be parted by one by one.</summary>
/// <param name="name">The field.</param>
sealed class TooManyTexts(string name) : Exception($"{name} has too many texts for a dictionary")
{
    /// <summary>The field.</summary>
    public string Name => name;
}
