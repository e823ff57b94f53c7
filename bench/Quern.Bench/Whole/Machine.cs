using System.Runtime.InteropServices;

namespace Quern.Bench.Whole;

/// <summary>The machine of a measurement, in words. Linux only.</summary>
static class Machine
{
    /// <summary>Lines for a report: processor, memory, system, runtime, load.</summary>
    public static IEnumerable<string> Describe()
    {
        var model = Value("/proc/cpuinfo", "model name", ':');
        var kibibytes = Value("/proc/meminfo", "MemTotal", ':').Split(' ')[0];
        var gibibytes = long.Parse(kibibytes, null) / 1024 / 1024.0;
        var system = Value("/etc/os-release", "PRETTY_NAME", '=').Trim('"');
        yield return $"processor: {model}, {Environment.ProcessorCount} cores";
        yield return $"memory: {gibibytes:F1} GiB";
        var kernel = File.ReadAllText("/proc/sys/kernel/osrelease").Trim();
        yield return $"system: {system}, Linux {kernel}, {RuntimeInformation.FrameworkDescription}";
        yield return $"load before the first round: {File.ReadAllText("/proc/loadavg").Split(' ')[0]}";
    }

    static string Value(string path, string key, char separator)
    {
        var line = File.ReadLines(path).FirstOrDefault(line => line.StartsWith(key, StringComparison.Ordinal));
        return line is null ? "unknown" : line[(line.IndexOf(separator, StringComparison.Ordinal) + 1)..].Trim();
    }
}
