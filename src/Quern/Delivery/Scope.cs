using Quern.Duck;

namespace Quern.Delivery;

/// <summary>The rows of a destination that a delivery replaces: those of one key and some days.</summary>
/// <param name="KeyColumn">Column of the key.</param>
/// <param name="Key">Value of the key.</param>
/// <param name="DayColumn">Column of the day.</param>
/// <param name="Days">The days, ascending.</param>
public sealed record Scope(string KeyColumn, string Key, string DayColumn, IReadOnlyList<DateOnly> Days)
{
    /// <summary>The scope as an SQL condition; false when it has no day.</summary>
    public string Condition => Days.Count == 0
        ? "false"
        : $"{Sql.Name(KeyColumn)} = {Sql.Text(Key)} and {Sql.Name(DayColumn)} in ({string.Join(", ", Days.Select(Sql.Date))})";
}
