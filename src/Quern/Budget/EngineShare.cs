using System.Globalization;

namespace Quern.Budget;

/// <summary>How a memory limit is shared out when the engine does all the work: the runtime, what the engine takes beyond its
/// own limit, the engine.</summary>
/// <param name="LimitBytes">The limit of the process.</param>
/// <param name="BaseBytes">The runtime and libraries.</param>
/// <param name="OverheadBytes">What the engine takes beyond its limit.</param>
/// <param name="EngineBytes">DuckDB's memory_limit.</param>
/// <param name="Threads">Threads of the engine.</param>
public sealed record EngineShare(long LimitBytes, long BaseBytes, long OverheadBytes, long EngineBytes, int Threads)
{
    /// <summary>The least that the engine needs for anything but the smallest statements.</summary>
    const long LeastEngineBytes = 36_000_000;

    /// <summary>Below this one thread works: two would leave the engine too little.</summary>
    public const long OneThreadBelowBytes = 500_000_000;

    /// <summary>What the engine takes beyond its limit with one thread (measured: fragmentation, plans, catalogs, a thread's
    /// buffers).</summary>
    const long FirstThreadBytes = 38_000_000;

    /// <summary>What each further thread takes beyond it (measured), and for how many that is set aside.</summary>
    const long FurtherThreadBytes = 80_000_000, CountedThreads = 4;

    /// <summary>Settings of the engine that keep it near its limit: freed memory goes back to the system in pieces of this size.</summary>
    public IReadOnlyDictionary<string, string> Settings
    {
        get
        {
            var threshold = EngineBytes < 400_000_000 ? "1MB" : "16MB";
            return new Dictionary<string, string>
            {
                ["allocator_flush_threshold"] = threshold,
                ["allocator_bulk_deallocation_flush_threshold"] = threshold,
            };
        }
    }

    /// <summary>Shares out a limit.</summary>
    /// <param name="memory">The process's memory.</param>
    /// <param name="threads">Threads that the engine would use.</param>
    /// <exception cref="QuernException">QN9002, exit code 4: the limit is too small; names the smallest that would do.</exception>
    public static EngineShare Of(MemoryLedger memory, int threads)
    {
        ArgumentNullException.ThrowIfNull(memory);
        var workers = memory.LimitBytes < OneThreadBelowBytes ? 1 : threads;
        var overhead = FirstThreadBytes + Math.Min(workers - 1, CountedThreads) * FurtherThreadBytes;
        // What is allocated beside the engine's own limit grows with it: an eighth (measured).
        var engine = (memory.FreeBytes - overhead) / 9 * 8;
        if (engine >= LeastEngineBytes) return new EngineShare(memory.LimitBytes, memory.BaseBytes, overhead, engine, workers);
        var least = (memory.BaseBytes + FirstThreadBytes + (LeastEngineBytes * 9 / 8) + 999_999) / 1_000_000;
        throw new QuernException(new Fault("QN9002", "the memory limit is too small for this job")
        {
            Where = "--memory",
            Value = new MemorySize(memory.LimitBytes).ToString(),
            Wanted = string.Create(CultureInfo.InvariantCulture, $"{least}MB or more"),
            Try = [string.Create(CultureInfo.InvariantCulture, $"--memory {least}MB")],
            ExitCode = ExitCode.MemoryLimit,
        });
    }

    /// <summary>The arithmetic, a line each.</summary>
    public IEnumerable<string> Lines()
    {
        yield return $"{new MemorySize(LimitBytes),10}  limit of the process";
        yield return $"{new MemorySize(BaseBytes),10}  runtime and libraries";
        yield return $"{new MemorySize(OverheadBytes),10}  what the engine takes beyond its own limit";
        yield return $"{new MemorySize(EngineBytes),10}  the engine, {Threads} threads; beyond that it writes to its temporary folder";
    }
}
