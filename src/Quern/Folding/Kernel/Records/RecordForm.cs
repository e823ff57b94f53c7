namespace Quern.Folding.Kernel.Records;

/// <summary>What the words of a record hold, and which partition a record belongs to. A form does not change; when values come that do
/// not fit, a wider one follows, and records of both lie side by side.</summary>
/// <remarks>A record is its words, and behind all records of a block, from its end on, the values that measures have: first those of the
/// first record. Of each measure a bit in the words says whether there is one.</remarks>
sealed class RecordForm
{
    const int WordBits = 64;

    /// <summary>The most measures that a record can have.</summary>
    public const int MostMeasures = WordBits;

    RecordForm(RecordField[] fields, (int Word, int Shift) presence, int words, int shift)
    {
        (Fields, Presence, Words, Shift) = (fields, presence, words, shift);
    }

    /// <summary>Where each field of the family stands.</summary>
    public RecordField[] Fields { get; }

    /// <summary>Where the bits of the measures stand: the first measure's in the lowest one.</summary>
    public (int Word, int Shift) Presence { get; }

    /// <summary>Words of a record.</summary>
    public int Words { get; }

    /// <summary>A partition is the value that rows are parted by, without so many of its last bits.</summary>
    public int Shift { get; }

    /// <summary>A form for some ranges of values.</summary>
    /// <param name="ranges">The least and the greatest value of each field.</param>
    /// <param name="measures">How many measures.</param>
    /// <param name="shift">See <see cref="Shift"/>.</param>
    public static RecordForm Of(IReadOnlyList<(long First, long Last)> ranges, int measures, int shift)
    {
        var fields = new RecordField[ranges.Count];
        var used = new List<int>();
        foreach (var i in Enumerable.Range(0, ranges.Count).OrderByDescending(i => Bits(ranges[i])))
        {
            var bits = Bits(ranges[i]);
            var word = used.FindIndex(u => u + bits <= WordBits);
            if (word < 0)
            {
                word = used.Count;
                used.Add(0);
            }
            fields[i] = new(ranges[i].First, bits, word, used[word]);
            used[word] += bits;
        }
        var last = used.FindIndex(u => u + measures <= WordBits);
        if (last < 0)
        {
            last = used.Count;
            used.Add(0);
        }
        return new(fields, (last, used[last]), used.Count, shift);
    }

    // NULL, and the values one by one.
    static int Bits((long First, long Last) range) => WordBits - System.Numerics.BitOperations.LeadingZeroCount((ulong)(range.Last - range.First) + 1);
}
