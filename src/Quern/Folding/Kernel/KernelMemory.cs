using System.Globalization;
using Quern.Budget;
using Quern.Folding.Planning;

namespace Quern.Folding.Kernel;

/// <summary>What a fold by the kernel takes of the memory limit.</summary>
/// <param name="ReaderBytes">Blocks of files and lanes, all threads.</param>
/// <param name="OpenBytes">Blocks of records that are added to, at most: one for each partition, family and thread.</param>
/// <param name="ResidentBytes">Blocks of records that are full; beyond that they go to a temporary file.</param>
/// <param name="TextBytes">Texts of keys, at most for each of them; beyond that rows are parted by their hashes.</param>
/// <param name="Threads">Threads.</param>
/// <param name="BlockBytes">Bytes of a block of records.</param>
sealed record KernelMemory(long ReaderBytes, long OpenBytes, long ResidentBytes, long TextBytes, int Threads, int BlockBytes)
{
    /// <summary>Partitions of a family at most; each has a block in each thread.</summary>
    public const int MostPartitions = 1024;

    /// <summary>Full blocks stay in memory up to here, however much there is: what is written to a file costs little.</summary>
    const long MostResident = 32_000_000;

    /// <summary>Shares out what is free.</summary>
    public static KernelMemory Of(FoldRequest request, FoldPlan plan, MemoryLedger memory)
    {
        var block = Math.Max(request.BlockBytes, 3 * sizeof(ulong) * (plan.Fields.Count + 1 + plan.Measures.Count)) / sizeof(ulong) * sizeof(ulong);
        var readers = FoldRequest.ReaderBytes * request.Threads;
        var open = (long)MostPartitions * plan.Families.Count * request.Threads * block;
        var free = memory.FreeBytes - readers;
        return new(readers, open, Math.Clamp(free - open, 0, MostResident), Math.Max((free - open) / 4, 1), request.Threads, block);
    }

    /// <summary>What is leased for the scan.</summary>
    public long Bytes => ReaderBytes + OpenBytes + ResidentBytes;

    /// <summary>The arithmetic, a line each.</summary>
    public IEnumerable<string> Lines()
    {
        yield return string.Create(CultureInfo.InvariantCulture, $"{Size(ReaderBytes)}  readers, {Threads} threads");
        yield return string.Create(
            CultureInfo.InvariantCulture, $"{Size(OpenBytes)}  open blocks of records, of {BlockBytes:N0} bytes, at most {MostPartitions:N0} partitions a thread");
        yield return $"{Size(ResidentBytes)}  full blocks of records; beyond that they go to a temporary file";
        yield return $"{Size(TextBytes)}  texts of a key; beyond that rows are parted by their hashes";
    }

    static string Size(long bytes) => $"{new MemorySize(bytes),10}";
}
