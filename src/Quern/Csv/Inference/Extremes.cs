namespace Quern.Csv.Inference;

/// <summary>The least and the greatest of texts. Texts that are equal in rank are ordered by their bytes, so that the answer does not
/// depend on which comes first.</summary>
sealed class Extremes
{
    double _leastRank = double.PositiveInfinity;
    double _mostRank = double.NegativeInfinity;

    /// <summary>The least; null when there is none.</summary>
    public byte[]? Least { get; private set; }

    /// <summary>The greatest; null when there is none.</summary>
    public byte[]? Most { get; private set; }

    /// <summary>Looks at a text.</summary>
    /// <param name="rank">What it is ordered by first.</param>
    /// <param name="text">The text.</param>
    public void Add(double rank, ReadOnlySpan<byte> text)
    {
        if (rank <= _leastRank && (Least is null || rank < _leastRank || text.SequenceCompareTo(Least) < 0))
        {
            _leastRank = rank;
            if (!text.SequenceEqual(Least)) Least = text.ToArray();
        }
        if (rank >= _mostRank && (Most is null || rank > _mostRank || text.SequenceCompareTo(Most) > 0))
        {
            _mostRank = rank;
            if (!text.SequenceEqual(Most)) Most = text.ToArray();
        }
    }

    /// <summary>Looks at those of another part of the cells.</summary>
    public void Add(Extremes other)
    {
        if (other.Least is not null) Add(other._leastRank, other.Least);
        if (other.Most is not null) Add(other._mostRank, other.Most);
    }
}
