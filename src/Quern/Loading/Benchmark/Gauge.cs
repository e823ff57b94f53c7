using System.Diagnostics;
using System.Globalization;
using Quern.Budget;

namespace Quern.Loading.Benchmark;

/// <summary>Measures work of this process, and of programs that it starts.</summary>
/// <param name="time">The clock.</param>
sealed class Gauge(TimeProvider time)
{
    /// <summary>How often a program is asked for its peak, which is gone when it has ended; milliseconds.</summary>
    const int AskEvery = 10;

    /// <summary>Clock ticks a second in /proc, on every Linux.</summary>
    const double Ticks = 100;

    /// <summary>Measures work of this process.</summary>
    public LoadEffort Own(Action work)
    {
        // What others have left goes back to the system, so that it is not in the peak.
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        GC.WaitForPendingFinalizers();
        var isPeakOwn = ForgetPeak();
        var (cpu, began) = (Environment.CpuUsage.TotalTime, time.GetTimestamp());
        work();
        var seconds = time.GetElapsedTime(began).TotalSeconds;
        return new(seconds, (Environment.CpuUsage.TotalTime - cpu).TotalSeconds, isPeakOwn ? ResidentMemory.Read().PeakBytes : null);
    }

    /// <summary>Measures work of the server alone.</summary>
    public LoadEffort Server(Action work)
    {
        var began = time.GetTimestamp();
        work();
        return new(time.GetElapsedTime(began).TotalSeconds, null, null);
    }

    /// <summary>Measures a program, from its start to its end.</summary>
    /// <exception cref="QuernException">QN8279: it failed; its last words are in the fault.</exception>
    public LoadEffort Program(ProcessStartInfo start, CancellationToken cancel)
    {
        start.RedirectStandardError = true;
        var (cpu, began) = (Children(), time.GetTimestamp());
        using var process = Process.Start(start)!;
        using var stop = cancel.Register(() => process.Kill());
        var words = process.StandardError.ReadToEndAsync(CancellationToken.None);
        long? peak = null;
        while (!process.WaitForExit(AskEvery)) peak = Peak(process.Id) ?? peak;
        process.WaitForExit();
        var seconds = time.GetElapsedTime(began).TotalSeconds;
        cancel.ThrowIfCancellationRequested();
        if (process.ExitCode == 0) return new(seconds, Children() - cpu, peak);
        throw new QuernException(new Fault("QN8279", "the database refuses a statement")
        {
            Where = start.FileName,
            Value = words.GetAwaiter().GetResult().Trim(),
        });
    }

    /// <summary>The kernel takes the resident set of now for the peak so far (proc(5), clear_refs).</summary>
    static bool ForgetPeak()
    {
        try
        {
            File.WriteAllText("/proc/self/clear_refs", "5");
            return true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    static long? Peak(int process)
    {
        try
        {
            return ProcFile.KiloBytes(File.ReadAllText(string.Create(CultureInfo.InvariantCulture, $"/proc/{process}/status")), "VmHWM:");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>CPU seconds of programs that have ended: fields cutime and cstime of proc_pid_stat(5).</summary>
    static double Children()
    {
        var stat = File.ReadAllText("/proc/self/stat");
        // The second field is the name, in parentheses, and may have blanks; the third is the first behind it.
        var fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
        return (long.Parse(fields[13], CultureInfo.InvariantCulture) + long.Parse(fields[14], CultureInfo.InvariantCulture)) / Ticks;
    }
}
