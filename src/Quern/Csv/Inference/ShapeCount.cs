namespace Quern.Csv.Inference;

/// <summary>Cells of one kind: how many, and the first of them.</summary>
struct ShapeCount()
{
    /// <summary>How many.</summary>
    public long Count;

    /// <summary>The first of them.</summary>
    public Witness First = Witness.None;

    /// <summary>Counts a cell.</summary>
    public void Add(long place, ReadOnlySpan<byte> text)
    {
        Count++;
        if (place < First.Place) First = new(place, Witness.Kept(text));
    }

    /// <summary>Counts those of another part of the cells.</summary>
    public void Add(in ShapeCount other)
    {
        Count += other.Count;
        First = Witness.First(First, other.First);
    }
}
