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

    /// <summary>For each part the condition on a column of days; together they hold once for every day of the range.</summary>
    public IEnumerable<Func<string, string>> Parts => Count == 1 ? [_ => "true"] : Enumerable.Range(0, Count).Select(Part);

    Func<string, string> Part(int part)
    {
        var from = Sql.Date(_start.AddDays(_days * part / Count));
        var to = Sql.Date(_start.AddDays(_days * (part + 1) / Count));
        return column => $"({column} >= {from} and {column} < {to})";
    }
}
