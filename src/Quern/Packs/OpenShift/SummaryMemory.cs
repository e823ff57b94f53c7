using Quern.Budget;

namespace Quern.Packs.OpenShift;

/// <summary>What a summary makes of its share of the memory limit: parts, rows of row groups, the longest row.</summary>
/// <param name="Share">How the limit is shared out.</param>
/// <param name="CsvRowBytes">The longest row of CSV.</param>
public sealed record SummaryMemory(EngineShare Share, int CsvRowBytes)
{
    /// <summary>The limit of the process.</summary>
    public long LimitBytes => Share.LimitBytes;

    /// <summary>The runtime and libraries.</summary>
    public long BaseBytes => Share.BaseBytes;

    /// <summary>DuckDB's memory_limit.</summary>
    public long EngineBytes => Share.EngineBytes;

    /// <summary>Threads of the engine.</summary>
    public int Threads => Share.Threads;

    /// <summary>What the engine takes beyond its limit.</summary>
    public long OverheadBytes => Share.OverheadBytes;

    /// <summary>
    /// A group of the fold of pods in the engine's hash table: 16 sums of 16 bytes and their flags, keys, label text (measured).
    /// </summary>
    const long GroupBytes = 800;

    /// <summary>Settings of the engine that keep it near its limit.</summary>
    internal IReadOnlyDictionary<string, string> Settings => Share.Settings;

    /// <summary>
    /// In how many parts a fold of pods is built so that its groups fit: a pod makes at most a group a day, a day has 24 rows of a pod, and
    /// two thirds of the engine's memory are for groups. When pods live shorter the runner finds out and splits further.
    /// </summary>
    /// <param name="podRows">Hourly pod rows, about.</param>
    public int Batches(long podRows) => (int)Math.Min(int.MaxValue, 1 + podRows / 24 * GroupBytes / (EngineBytes * 2 / 3));

    /// <summary>Rows of a row group of a Parquet output; a row is about 1 KB before it is encoded.</summary>
    public int RowGroupRows => EngineBytes < 400_000_000 ? 20_480 : 122_880;

    /// <summary>The arithmetic, a line each.</summary>
    public IEnumerable<string> Lines() => Share.Lines();

    /// <summary>Shares out a limit.</summary>
    /// <exception cref="QuernException">QN9002, exit code 4: the limit is too small; names the smallest that would do.</exception>
    public static SummaryMemory Of(MemoryLedger memory, int threads)
    {
        var share = EngineShare.Of(memory, threads);
        return new SummaryMemory(share, share.EngineBytes < 200_000_000 ? 1 << 19 : 1 << 21);
    }
}
