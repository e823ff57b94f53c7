using Quern.Chunks;
using Quern.Folding.Expressions;

namespace Quern.Rollups.Answering;

/// <summary>A column of a result, or of the groups that it is made of.</summary>
/// <param name="type">Of its values.</param>
/// <param name="bucket">The bucket of time that they are; null for none.</param>
abstract class ResultColumn(LogicalType type, TimeBucket? bucket)
{
    /// <summary>Of its values.</summary>
    public LogicalType Type { get; } = type;

    /// <summary>The bucket of time that they are; null for none.</summary>
    public TimeBucket? Bucket { get; } = bucket;

    /// <summary>How many rows.</summary>
    public abstract int Rows { get; }

    /// <summary>The value is NULL.</summary>
    public abstract bool IsNull(int row);

    /// <summary>Appends a value that is not NULL as text, as results spell it.</summary>
    public abstract void Write(CellBuffer to, int row);

    /// <summary>The value: a long, Int128, double, decimal, bool, string, DateOnly, DateTime; null for NULL.</summary>
    public abstract object? Value(int row);

    /// <summary>Rows in another order, or some of them.</summary>
    public abstract ResultColumn Take(int[] rows);

    /// <summary>Numbers without a sign by which the values are sorted, the most significant first; NULL is left out.</summary>
    public abstract IEnumerable<ulong[]> SortKeys();
}
