namespace Quern.Loading.Benchmark;

/// <summary>What was measured, on what, and how it went.</summary>
public sealed record LoadBenchReport
{
    /// <summary>When it began.</summary>
    public required DateTimeOffset Date { get; init; }

    /// <summary>The database, without a password, and the settings of it that loads depend on.</summary>
    public required IReadOnlyList<string> Server { get; init; }

    /// <summary>The client's machine, and its load before and after.</summary>
    public required IReadOnlyList<string> Machine { get; init; }

    /// <summary>The rows, in words.</summary>
    public required string Data { get; init; }

    /// <summary>Rows of the data.</summary>
    public required long Rows { get; init; }

    /// <summary>Bytes of the data as COPY BINARY has them.</summary>
    public required long CopyBytes { get; init; }

    /// <summary>Rounds, in which the methods took turns.</summary>
    public required int Rounds { get; init; }

    /// <summary>What ratios refer to.</summary>
    public required string Against { get; init; }

    /// <summary>The methods.</summary>
    public required IReadOnlyList<LoadTrial> Trials { get; init; }

    /// <summary>What a reader should know beside.</summary>
    public required IReadOnlyList<string> Notes { get; init; }

    /// <summary>The methods, the fastest first.</summary>
    public IReadOnlyList<LoadStanding> Standings => LoadStanding.Of(Trials, Against, Rows == 0 ? null : (double)CopyBytes / Rows);
}
