namespace Quern.Loading.Benchmark;

/// <summary>What one load took.</summary>
/// <param name="Seconds">From before the connection to after the commit.</param>
/// <param name="CpuSeconds">User and system time of the client; null when there is none but the server.</param>
/// <param name="PeakBytes">Largest resident set of the client meanwhile; null when it is not known.</param>
public sealed record LoadEffort(double Seconds, double? CpuSeconds, long? PeakBytes);
