namespace Quern.Bench.Arrow;

/// <summary>What one round of one task took.</summary>
/// <param name="Wall">Seconds from start to end.</param>
/// <param name="Cpu">Seconds of all threads.</param>
readonly record struct Timing(double Wall, double Cpu);
