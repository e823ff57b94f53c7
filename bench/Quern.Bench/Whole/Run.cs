namespace Quern.Bench.Whole;

/// <summary>What one run of a command took.</summary>
/// <param name="Wall">From before the start to after the end.</param>
/// <param name="Cpu">User and system time of the command and the processes it waited for.</param>
/// <param name="PeakBytes">Largest resident set of any one of them.</param>
/// <param name="ExitCode">0 is well; 128 + signal when killed by one.</param>
sealed record Run(TimeSpan Wall, TimeSpan Cpu, long PeakBytes, int ExitCode);
