using System.Globalization;

namespace Quern.Delivery;

/// <summary>How rows had best be sent, and why.</summary>
/// <param name="Method">The method.</param>
/// <param name="BatchRows">Rows that are sent at a time.</param>
/// <param name="Connections">Connections that send at once.</param>
/// <param name="Notes">The reasons, a sentence each.</param>
/// <remarks>The thresholds are those of the measurements that docs/load.md names: COPY is never slower than INSERT, at any number of rows;
/// two connections are 1.2 to 1.6 times as fast from about a million rows on, and only into a staging table are they one transaction; more
/// bring nothing on two cores.</remarks>
public sealed record LoadAdvice(LoadMethod Method, int BatchRows, int Connections, IReadOnlyList<string> Notes)
{
    /// <summary>From so many rows on two connections were measured to be faster.</summary>
    public const long ManyRows = 1_000_000;

    /// <summary>What a block of COPY has, in bytes.</summary>
    const int BlockBytes = 1 << 18;

    const int MostBatchRows = 10_000, UsualValueBytes = 20;

    /// <summary>Recommends.</summary>
    /// <param name="rows">How many rows there are; null when nobody knows.</param>
    /// <param name="width">How many columns they have.</param>
    /// <param name="target">What they are loaded into.</param>
    public static LoadAdvice Recommend(long? rows, int width, LoadSituation target)
    {
        ArgumentNullException.ThrowIfNull(target);
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        if (!target.TakesCopy)
        {
            const string insert = "COPY is refused there: an INSERT of 10,000 rows at a time is the fastest that is left";
            return new(LoadMethod.Optimized, MostBatchRows, 1, [insert]);
        }
        var batch = Math.Max(1, BlockBytes / (width * UsualValueBytes));
        var copy = "COPY in the binary format is at no number of rows slower than INSERT (measured from 1 to 1,000,000)";
        if (rows is not { } count) return new(LoadMethod.Copy, batch, 1, [copy, "the number of rows is not known before they are read"]);
        if (count < ManyRows)
        {
            var second = string.Create(CultureInfo.InvariantCulture, $"a second connection pays from {ManyRows:N0} rows on");
            return new(LoadMethod.Copy, batch, 1, [copy, second]);
        }
        return target.IsStaged
            ? new(LoadMethod.Async, batch, 2,
                [copy, "two connections into a staging table are 1.2 to 1.6 times as fast, more bring nothing on two cores"])
            : new(LoadMethod.Copy, batch, 1, [copy, "a second connection would need a staging table, which costs as much as it brings"]);
    }
}
