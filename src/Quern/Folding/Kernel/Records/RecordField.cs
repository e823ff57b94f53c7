namespace Quern.Folding.Kernel.Records;

/// <summary>Where a value stands in a record: as its distance from a base plus 1, in some bits of a word; 0 is NULL.</summary>
/// <param name="Base">The value that is kept as 1.</param>
/// <param name="Bits">Bits it has, up to 64.</param>
/// <param name="Word">The word it stands in.</param>
/// <param name="Shift">Bits below it there.</param>
readonly record struct RecordField(long Base, int Bits, int Word, int Shift)
{
    /// <summary>All its bits.</summary>
    public ulong Mask => Bits == 64 ? ulong.MaxValue : (1UL << Bits) - 1;

    /// <summary>The greatest value that fits.</summary>
    public long Last => (long)((ulong)Base + Mask - 1);
}
