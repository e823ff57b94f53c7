namespace Quern.Csv.Schemas;

/// <summary>What the cells of a column showed when its type was chosen. Nothing of it has an effect on how files are read.</summary>
public sealed record ColumnEvidence
{
    /// <summary>Cells with a value.</summary>
    public long Values { get; init; }

    /// <summary>Cells that are empty, or a text that stands for NULL.</summary>
    public long Nulls { get; init; }

    /// <summary>The least of numbers, days and moments, as the file writes it; null when there is none.</summary>
    public string? Min { get; init; }

    /// <summary>The greatest of numbers, days and moments, as the file writes it; null when there is none.</summary>
    public string? Max { get; init; }

    /// <summary>The longest text, or its first 60 bytes; null when there is none.</summary>
    public string? Widest { get; init; }

    /// <summary>File and line of the first cell that asks for this type and no narrower one; null where all do.</summary>
    public string? WidenedAt { get; init; }

    /// <summary>What that cell says, or its first 60 bytes.</summary>
    public string? WidenedBy { get; init; }

    /// <summary>Why it is this type, in a few words; null where that is a matter of course.</summary>
    public string? Because { get; init; }
}
