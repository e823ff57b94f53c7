namespace Quern.Duck;

/// <summary>A fault that DuckDB reported.</summary>
/// <param name="Code">QN9010 to QN9099, by <paramref name="Kind"/>.</param>
/// <param name="What">First line of DuckDB's message; lines after it are in <see cref="Fault.Try"/>.</param>
/// <param name="Kind">DuckDB's class of the error, for callers that act on it.</param>
public sealed record DuckFault(string Code, string What, DuckErrorKind Kind) : Fault(Code, What)
{
    /// <summary>The place in the SQL that was run, which <see cref="Fault.Where"/> shows; null when DuckDB named
    /// none.</summary>
    public SqlPlace? Place { get; init; }
}
