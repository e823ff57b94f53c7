namespace Quern.Jinja;

/// <summary>
/// What one rendering may use before it is stopped with QN7009 (depth) or QN7010 (work, memory, ranges).
/// </summary>
/// <remarks>
/// Templates are programs; a limit turns an endless or exploding one into an error that names the place.
/// </remarks>
public sealed record Limits
{
    /// <summary>The limits used when none are named.</summary>
    public static Limits Default { get; } = new();

    /// <summary>Macro calls and includes that may be open at once. Default: 400.</summary>
    public int CallDepth { get; init; } = 400;

    /// <summary>Statements, calls and items handled. Default: 100 million, some ten seconds of one core.</summary>
    public long Steps { get; init; } = 100_000_000;

    /// <summary>Bytes of text and containers produced in all, whether or not still in use. Default: 512 MiB.</summary>
    public long MemoryBytes { get; init; } = 512L << 20;

    /// <summary>
    /// Items of one <c>range()</c>. Default: 1,000,000 (the sandbox of the reference implementation: 100,000).
    /// </summary>
    public long RangeItems { get; init; } = 1_000_000;
}
