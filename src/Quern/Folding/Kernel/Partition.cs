using Quern.Folding.Kernel.Records;

namespace Quern.Folding.Kernel;

/// <summary>Records that are folded together.</summary>
/// <param name="Family">Position of the family.</param>
/// <param name="Key">What they have in common, by the last shift; <see cref="SealedBlock.NullPartition"/> for NULL.</param>
/// <param name="Blocks">Where they are.</param>
/// <param name="Rows">How many.</param>
sealed record Partition(int Family, long Key, IReadOnlyList<SealedBlock> Blocks, long Rows)
{
    /// <summary>The codes of the texts of all rows, where rows are parted by hashes.</summary>
    public uint[] Texts { get; set; } = [];

    /// <summary>The first code of these texts, and how many.</summary>
    public (uint First, ulong Size) Codes { get; set; }

    /// <summary>The partitions of a family.</summary>
    /// <param name="family">Position of the family.</param>
    /// <param name="blocks">All blocks.</param>
    /// <param name="shift">The last shift.</param>
    public static List<Partition> Of(int family, IReadOnlyList<SealedBlock> blocks, int shift) =>
    [
        .. blocks.GroupBy(b => b.Partition == SealedBlock.NullPartition ? b.Partition : b.Partition >> (shift - b.Form.Shift))
            .OrderBy(p => p.Key)
            .Select(p => new Partition(family, p.Key, [.. p], p.Sum(b => (long)b.Rows))),
    ];
}
