using Quern.Duck;

namespace Quern.Delivery;

/// <summary>The rows of a destination that a delivery replaces: those of one key and some days.</summary>
/// <param name="KeyColumn">Column of the key.</param>
/// <param name="Key">Value of the key.</param>
/// <param name="DayColumn">Column of the day.</param>
/// <param name="Days">The days, ascending.</param>
sealed record Scope(string KeyColumn, string Key, string DayColumn, IReadOnlyList<DateOnly> Days)
{
    /// <summary>What folders call the key: <c>source=...</c>. Default: the name of its column.</summary>
    public string KeyFolder { get; init; } = KeyColumn;

    /// <summary>Where the rows of a day lie in a partitioned folder: <c>source=abc/year=2025/month=10/day=1</c>.</summary>
    /// <remarks>
    /// Name and value are percent-encoded, as Hive does it; year, month and day are not padded, as in the product's own
    /// table (OpenShift specification section 4.9).
    /// </remarks>
    public string Partition(DateOnly day) => FormattableString.Invariant(
        $"{Uri.EscapeDataString(KeyFolder)}={Uri.EscapeDataString(Key)}/year={day.Year}/month={day.Month}/day={day.Day}");

    /// <summary>The scope as an SQL condition; false when it has no day.</summary>
    public string Condition => Days.Count == 0
        ? "false"
        : $"{Sql.Name(KeyColumn)} = {Sql.Text(Key)} and ({string.Join(" or ", Ranges().Select(Range))})";

    string Range((DateOnly First, DateOnly Last) range) => range.First == range.Last
        ? $"{Sql.Name(DayColumn)} = {Sql.Date(range.First)}"
        : $"{Sql.Name(DayColumn)} between {Sql.Date(range.First)} and {Sql.Date(range.Last)}";

    /// <summary>Days that follow each other are one range: a scope may be centuries long.</summary>
    internal IEnumerable<(DateOnly First, DateOnly Last)> Ranges()
    {
        var first = Days[0];
        for (var i = 1; i <= Days.Count; i++)
        {
            if (i < Days.Count && Days[i] == Days[i - 1].AddDays(1)) continue;
            yield return (first, Days[i - 1]);
            if (i < Days.Count) first = Days[i];
        }
    }
}
