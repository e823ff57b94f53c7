using System.Runtime.InteropServices;

namespace Quern.Fuzz;

/// <summary>Processor time of the thread: on a machine that others use, too, it says more than a clock on the wall.</summary>
static partial class ThreadClock
{
    const int ThreadCpuTime = 3;

    /// <summary>Seconds so far.</summary>
    public static double Seconds => Read(ThreadCpuTime, out var time) == 0 ? time.Seconds + (time.Nanoseconds / 1e9) : 0;

    [LibraryImport("libc", EntryPoint = "clock_gettime")]
    private static partial int Read(int clock, out Time time);

    struct Time
    {
        public long Seconds;
        public long Nanoseconds;
    }
}
