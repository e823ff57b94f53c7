using Quern.Folding.Planning;

namespace Quern.Folding.Results;

/// <summary>What a fold has done.</summary>
sealed record FoldOutcome
{
    /// <summary>How it was run.</summary>
    public required FoldPlan Plan { get; init; }

    /// <summary>Rows of the files.</summary>
    public required long Read { get; init; }

    /// <summary>Rows that are in the groups.</summary>
    public required long Kept { get; init; }

    /// <summary>Rows that the filter has left out.</summary>
    public required long Filtered { get; init; }

    /// <summary>Rows that were set aside.</summary>
    public required long Rejected { get; init; }

    /// <summary>Bytes that were written to temporary files.</summary>
    public required long SpilledBytes { get; init; }

    /// <summary>Time until all rows were read.</summary>
    public required TimeSpan Scan { get; init; }

    /// <summary>Time from then until all groups were handed on.</summary>
    public required TimeSpan Folding { get; init; }

    /// <summary>Proves that each row is in one group of each grain.</summary>
    /// <param name="grain">The grain.</param>
    /// <param name="kept">Rows that were kept.</param>
    /// <param name="rows">Rows of all its groups.</param>
    /// <exception cref="QuernException">QN9007: it is not.</exception>
    public static void Prove(string grain, long kept, long rows)
    {
        if (rows == kept) return;
        throw new QuernException(new Fault("QN9007", rows < kept ? "rows were lost" : "rows were counted twice")
        {
            Where = $"grain {grain}",
            Value = FormattableString.Invariant($"{rows:N0} rows in its groups"),
            Wanted = FormattableString.Invariant($"{kept:N0}, as many as were kept"),
            Try = ["keep the inputs and report this: it is a defect of Quern, and the outputs are not to be trusted"],
        });
    }
}
