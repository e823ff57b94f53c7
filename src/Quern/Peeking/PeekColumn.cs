namespace Quern.Peeking;

/// <summary>A column of what was looked into.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Type">SQL's name of its type.</param>
public sealed record PeekColumn(string Name, string Type)
{
    /// <summary>Cells that are NULL; null when nobody asked.</summary>
    public long? Nulls { get; init; }

    /// <summary>The least value as text; null when there is none, or nobody asked.</summary>
    public string? Min { get; init; }

    /// <summary>The greatest value as text; null when there is none, or nobody asked.</summary>
    public string? Max { get; init; }

    /// <summary>How many different values there are, about; null when nobody asked.</summary>
    public long? Distinct { get; init; }
}
