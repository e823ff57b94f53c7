using System.Globalization;

namespace Quern.Budget;

/// <summary>How much memory this process could have: the machine's, or less where a control group bounds it.</summary>
/// <param name="TotalBytes">MemTotal of the machine.</param>
/// <param name="GroupLimitBytes">The tightest limit of the process's control group and its parents; null when there is none.</param>
public sealed record MachineMemory(long TotalBytes, long? GroupLimitBytes)
{
    /// <summary>Share of <see cref="AllowedBytes"/> that a run takes when nobody said how much: 60 %.</summary>
    /// <remarks>The rest is for the page cache, which reading large files lives on, and for the neighbours.</remarks>
    public const double DefaultShare = 0.6;

    /// <summary>What a process may use before the kernel ends it.</summary>
    public long AllowedBytes => Math.Min(TotalBytes, GroupLimitBytes ?? long.MaxValue);

    /// <summary>The limit of a run when nobody gave one, rounded down to whole megabytes.</summary>
    public MemorySize DefaultLimit => new((long)(AllowedBytes * DefaultShare) / 1_000_000 * 1_000_000);

    /// <summary>Asks the machine.</summary>
    /// <exception cref="QuernException">QN1011 when /proc does not tell.</exception>
    public static MachineMemory Read() => TryRead(Text) ?? throw Unknown();

    /// <summary>Asks the machine; null when /proc does not tell.</summary>
    public static MachineMemory? TryRead() => TryRead(Text);

    /// <summary>Asks a machine whose files are given; null when its memory is not among them.</summary>
    /// <param name="file">Text of a file under /proc or /sys by its path; null when it cannot be read.</param>
    /// <remarks>Sources: proc_meminfo(5), cgroups(7); kernel documentation of memory.max (v2) and memory.limit_in_bytes (v1).</remarks>
    public static MachineMemory? TryRead(Func<string, string?> file)
    {
        if (ProcFile.KiloBytes(file("/proc/meminfo"), "MemTotal:") is not { } total) return null;
        long? limit = null;
        foreach (var line in (file("/proc/self/cgroup") ?? "").Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            // hierarchy:controllers:path; version 2 has no controllers.
            if (line.Split(':', 3) is not [_, var controllers, var path]) continue;
            if (controllers.Length == 0) Tighten("/sys/fs/cgroup", path, "memory.max");
            else if (controllers.Split(',').Contains("memory")) Tighten("/sys/fs/cgroup/memory", path, "memory.limit_in_bytes");
        }
        return new MachineMemory(total, limit < total ? limit : null);

        // A parent's limit holds for its children; inside a container the path may name groups that are not mounted.
        void Tighten(string root, string path, string name)
        {
            for (var group = path.TrimEnd('/'); ; group = group[..group.LastIndexOf('/')])
            {
                // Version 2 says "max" for none, version 1 a number beyond any machine.
                if (long.TryParse(file($"{root}{group}/{name}")?.Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var bytes))
                    limit = Math.Min(limit ?? long.MaxValue, bytes);
                if (!group.Contains('/')) return;
            }
        }
    }

    static string? Text(string path)
    {
        try
        {
            // Asked first: most groups have no such file, and an exception takes a millisecond.
            return File.Exists(path) ? File.ReadAllText(path) : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    static QuernException Unknown() => new(new Fault("QN1011", "the machine does not tell how much memory it has")
    {
        Where = "/proc/meminfo",
        Try = ["--memory 1GB     say it yourself"],
        ExitCode = ExitCode.Usage,
    });
}
