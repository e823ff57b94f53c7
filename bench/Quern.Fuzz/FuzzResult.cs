namespace Quern.Fuzz;

/// <summary>What came of a run of one target.</summary>
sealed record FuzzResult
{
    /// <summary>The target.</summary>
    public required string Target { get; init; }

    /// <summary>Inputs tried.</summary>
    public required long Inputs { get; init; }

    /// <summary>Wall time.</summary>
    public required TimeSpan Elapsed { get; init; }

    /// <summary>Seeds.</summary>
    public required int Seeds { get; init; }

    /// <summary>Features seen.</summary>
    public required int Features { get; init; }

    /// <summary>Inputs that were kept beside the seeds, with how many features each was the first to have.</summary>
    public required IReadOnlyList<(byte[] Input, int News)> Kept { get; init; }

    /// <summary>Processor seconds of the slowest input.</summary>
    public required double Slowest { get; init; }

    /// <summary>The most bytes that an input allocated.</summary>
    public required long MostAllocated { get; init; }

    /// <summary>What must not be.</summary>
    public required IReadOnlyList<Finding> Findings { get; init; }
}
