namespace Quern.Budget;

/// <summary>What this process holds in memory, as the kernel counts it: managed, native and mapped pages alike.</summary>
/// <param name="Bytes">Resident now (VmRSS).</param>
/// <param name="PeakBytes">The most since the process started (VmHWM).</param>
public readonly record struct ResidentMemory(long Bytes, long PeakBytes)
{
    /// <summary>Asks the kernel; zeros where it does not tell. Costs about 20 microseconds.</summary>
    public static ResidentMemory Read()
    {
        try
        {
            return Parse(File.ReadAllText("/proc/self/status"));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return default;
        }
    }

    /// <summary>Reads the text of /proc/self/status (proc_pid_status(5)); zeros for lines that are not there.</summary>
    public static ResidentMemory Parse(string status)
    {
        var now = ProcFile.KiloBytes(status, "VmRSS:") ?? 0;
        return new ResidentMemory(now, Math.Max(now, ProcFile.KiloBytes(status, "VmHWM:") ?? 0));
    }
}
