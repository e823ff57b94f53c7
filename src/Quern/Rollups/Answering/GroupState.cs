using Quern.Rollups.Queries;
using Quern.Rollups.Store;

namespace Quern.Rollups.Answering;

/// <summary>What is kept of each group of a query while a grain is read.</summary>
abstract class GroupState
{
    /// <summary>Makes room for groups.</summary>
    public abstract void Grow(int groups);

    /// <summary>Adds the rows that are left of a run to their groups.</summary>
    public abstract void Add(GrainBlock block, KeyBatch batch);

    /// <summary>An aggregate of some groups.</summary>
    public abstract ResultColumn Column(QueryAggregate aggregate, int[] groups);

    /// <summary>An array that has room for groups.</summary>
    protected static void Grow<T>(ref T[] array, int groups)
    {
        if (array.Length < groups) Array.Resize(ref array, Math.Max(groups, array.Length * 2));
    }

    /// <summary>An array that has room for groups, which begin with a value.</summary>
    protected static void Grow<T>(ref T[] array, int groups, T first)
    {
        var before = array.Length;
        Grow(ref array, groups);
        array.AsSpan(before).Fill(first);
    }

    /// <summary>Which groups have no values; null when all have some.</summary>
    protected static bool[]? Nulls(long[] counts, int[] groups)
    {
        foreach (var group in groups)
            if (counts[group] == 0) return Array.ConvertAll(groups, g => counts[g] == 0);
        return null;
    }
}
