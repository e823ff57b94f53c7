namespace Quern.Csv.Inference;

/// <summary>Takes the cells of some rows, by column, into facts; for one thread.</summary>
/// <param name="facts">Of each column.</param>
/// <param name="nulls">Texts that the user says stand for NULL, in UTF-8.</param>
sealed class FactSink(ColumnFacts[] facts, IReadOnlyList<byte[]> nulls)
{
    /// <summary>Of each column.</summary>
    public ColumnFacts[] Facts => facts;

    /// <summary>Rows that were passed over.</summary>
    public Damage Damage { get; } = new();

    /// <summary>A sink for columns.</summary>
    public static FactSink For(int columns, IReadOnlyList<byte[]> nulls, bool measures) =>
        new([.. Enumerable.Range(0, columns).Select(_ => new ColumnFacts(measures))], nulls);

    /// <summary>Takes a cell.</summary>
    public void Add(int column, ReadOnlySpan<byte> text, long place)
    {
        for (var i = 0; i < nulls.Count; i++)
        {
            if (!text.SequenceEqual(nulls[i])) continue;
            facts[column].AddNull();
            return;
        }
        facts[column].Add(text, place);
    }

    /// <summary>Takes in another part.</summary>
    public void Add(FactSink other)
    {
        for (var i = 0; i < facts.Length; i++) facts[i].Add(other.Facts[i]);
        Damage.Add(other.Damage);
    }
}
