using System.Globalization;
using System.Runtime.InteropServices;
using Quern.Budget;

namespace Quern.Loading.Benchmark;

/// <summary>The machine of a measurement, in words.</summary>
static class BenchMachine
{
    /// <summary>Processor, memory, system.</summary>
    public static IEnumerable<string> Facts()
    {
        var model = Line("/proc/cpuinfo", "model name")?.Split(':')[^1].Trim() ?? RuntimeInformation.ProcessArchitecture.ToString();
        var memory = MachineMemory.TryRead() is { } all
            ? string.Create(CultureInfo.InvariantCulture, $", {all.AllowedBytes / (double)(1 << 30):F1} GiB")
            : "";
        yield return string.Create(CultureInfo.InvariantCulture, $"client: {model}, {Environment.ProcessorCount} cores{memory}, Linux")
            + $", {RuntimeInformation.FrameworkDescription}";
    }

    /// <summary>Processes that ran or waited to run in the last minute, on average.</summary>
    public static string Load => File.Exists("/proc/loadavg") ? File.ReadAllText("/proc/loadavg").Split(' ')[0] : "unknown";

    static string? Line(string file, string key) =>
        File.Exists(file) ? File.ReadLines(file).FirstOrDefault(l => l.StartsWith(key, StringComparison.Ordinal)) : null;
}
