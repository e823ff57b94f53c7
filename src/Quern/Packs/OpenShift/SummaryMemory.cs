using System.Globalization;
using Quern.Budget;

namespace Quern.Packs.OpenShift;

/// <summary>
/// How a run shares out its memory limit: the runtime and libraries, what the engine takes beyond its own limit, the engine.
/// </summary>
/// <param name="LimitBytes">The limit of the process.</param>
/// <param name="BaseBytes">The runtime and libraries.</param>
/// <param name="EngineBytes">DuckDB's memory_limit.</param>
/// <param name="Threads">Threads of the engine.</param>
/// <param name="CsvRowBytes">The longest row of CSV.</param>
/// <param name="OverheadBytes">What the engine takes beyond its limit.</param>
public sealed record SummaryMemory(long LimitBytes, long BaseBytes, long EngineBytes, int Threads, int CsvRowBytes, long OverheadBytes)
{
    /// <summary>
    /// A group of the fold of pods in the engine's hash table: 16 sums of 16 bytes and their flags, keys, label text (measured).
    /// </summary>
    const long GroupBytes = 800;

    /// <summary>The least that the engine needs for this job.</summary>
    const long LeastEngineBytes = 36_000_000;

    /// <summary>Below this one thread works: two would leave the engine too little.</summary>
    const long OneThreadBelowBytes = 500_000_000;

    /// <summary>What the engine takes beyond its limit, whatever the threads (measured: fragmentation, plans, catalogs).</summary>
    const long EngineOverheadBytes = 8_000_000;

    /// <summary>What the first thread takes beyond the engine's limit (measured).</summary>
    const long ThreadOverheadBytes = 30_000_000;

    /// <summary>What each further thread takes beyond it, with the writers that then work side by side (measured).</summary>
    const long FurtherThreadOverheadBytes = 80_000_000;

    /// <summary>Threads whose share is set aside; the shares of more are small beside a limit that suits so many.</summary>
    const int CountedThreads = 4;

    /// <summary>Freed memory goes back to the system in pieces of this size instead of counting against the process.</summary>
    string FlushThreshold => EngineBytes < 400_000_000 ? "1MB" : "16MB";

    /// <summary>Settings of the engine that keep it near its limit.</summary>
    internal IReadOnlyDictionary<string, string> Settings => new Dictionary<string, string>
    {
        ["allocator_flush_threshold"] = FlushThreshold,
        ["allocator_bulk_deallocation_flush_threshold"] = FlushThreshold,
    };

    /// <summary>
    /// In how many parts a fold of pods is built so that its groups fit: a pod makes at most a group a day, a day has 24 rows of a pod, and
    /// two thirds of the engine's memory are for groups. When pods live shorter the runner finds out and splits further.
    /// </summary>
    /// <param name="podRows">Hourly pod rows, about.</param>
    public int Batches(long podRows) => (int)Math.Min(int.MaxValue, 1 + podRows / 24 * GroupBytes / (EngineBytes * 2 / 3));

    /// <summary>Rows of a row group of a Parquet output; a row is about 1 KB before it is encoded.</summary>
    public int RowGroupRows => EngineBytes < 400_000_000 ? 20_480 : 122_880;

    /// <summary>The arithmetic, a line each.</summary>
    public IEnumerable<string> Lines()
    {
        yield return $"{new MemorySize(LimitBytes),10}  limit of the process";
        yield return $"{new MemorySize(BaseBytes),10}  runtime and libraries";
        yield return $"{new MemorySize(OverheadBytes),10}  what the engine takes beyond its own limit";
        yield return $"{new MemorySize(EngineBytes),10}  the engine, {Threads} threads; beyond that it writes to its temporary folder";
    }

    /// <summary>Shares out a limit.</summary>
    /// <exception cref="QuernException">QN9002, exit code 4: the limit is too small; names the smallest that would do.</exception>
    public static SummaryMemory Of(MemoryLedger memory, int threads)
    {
        // A thread's buffers (Parquet pages, CSV blocks, hash tables being built) are outside the engine's own limit.
        var workers = memory.LimitBytes < OneThreadBelowBytes ? 1 : threads;
        var overhead = EngineOverheadBytes + ThreadOverheadBytes + Math.Min(workers - 1, CountedThreads) * FurtherThreadOverheadBytes;
        // What is allocated beside the engine's own limit grows with it: an eighth (measured at 30 to 250 MB).
        var engine = (memory.FreeBytes - overhead) / 9 * 8;
        var csv = engine < 200_000_000 ? 1 << 19 : 1 << 21;
        if (engine >= LeastEngineBytes) return new SummaryMemory(memory.LimitBytes, memory.BaseBytes, engine, workers, csv, overhead);
        var least = (memory.BaseBytes + EngineOverheadBytes + ThreadOverheadBytes + (LeastEngineBytes * 9 / 8) + 999_999) / 1_000_000;
        throw new QuernException(new Fault("QN9002", "the memory limit is too small for this job")
        {
            Where = "--memory",
            Value = new MemorySize(memory.LimitBytes).ToString(),
            Wanted = string.Create(CultureInfo.InvariantCulture, $"{least}MB or more"),
            Try = [string.Create(CultureInfo.InvariantCulture, $"--memory {least}MB")],
            ExitCode = ExitCode.MemoryLimit,
        });
    }
}
