using Quern.Duck;

namespace Quern.Models;

/// <summary>Splits a range of days into parts of whole days, so that a fold by day needs the memory of one part only.</summary>
public sealed class DayBatches
{
    readonly DateOnly _start;
    readonly int _days;

    /// <summary>Splits a range.</summary>
    /// <param name="start">First day.</param>
    /// <param name="end">Last day, included.</param>
    /// <param name="count">Number of parts wanted; there are never more than days.</param>
    public DayBatches(DateOnly start, DateOnly end, int count)
    {
        _start = start;
        _days = end.DayNumber - start.DayNumber + 1;
        Count = Math.Clamp(count, 1, _days);
    }

    /// <summary>Number of parts.</summary>
    public int Count { get; }

    /// <summary>The same days in twice as many parts; null when each part is a day already.</summary>
    public DayBatches? Smaller() => Count == _days ? null : new DayBatches(_start, _start.AddDays(_days - 1), Count * 2);

    /// <summary>A condition for each part; together they hold once for every row whose day is in the range.</summary>
    /// <param name="column">The column of the day.</param>
    public IEnumerable<string> Conditions(string column)
    {
        if (Count == 1)
        {
            yield return "true";
            yield break;
        }
        for (var part = 0; part < Count; part++)
        {
            var from = _start.AddDays(_days * part / Count);
            var to = _start.AddDays(_days * (part + 1) / Count);
            yield return $"({column} >= {Sql.Date(from)} and {column} < {Sql.Date(to)})";
        }
    }
}
