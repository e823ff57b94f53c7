using System.Diagnostics;

namespace Quern.Bench.Projects;

/// <summary>What a number of nodes took.</summary>
/// <param name="Wall">Wall time.</param>
/// <param name="Cpu">User and system time of the process.</param>
readonly record struct NodeCosts(TimeSpan Wall, TimeSpan Cpu)
{
    /// <summary>Measures some work.</summary>
    public static NodeCosts Of(Action work)
    {
        GC.Collect();
        var (began, cpu) = (Stopwatch.GetTimestamp(), Environment.CpuUsage.TotalTime);
        work();
        return new NodeCosts(Stopwatch.GetElapsedTime(began), Environment.CpuUsage.TotalTime - cpu);
    }
}
