using System.Globalization;

namespace Quern.Projects.Times;

/// <summary>A span of event time: of inputs that name an <c>event_time</c> only the rows in it are read.</summary>
/// <param name="Start">Its first moment, UTC.</param>
/// <param name="End">The moment after its last, UTC.</param>
public sealed record EventWindow(DateTime Start, DateTime End)
{
    /// <summary>The condition on a column in SQL.</summary>
    public string On(string column) => $"{column} >= '{Text(Start)}' and {column} < '{Text(End)}'";

    /// <summary>What is in both; empty where they do not meet.</summary>
    public EventWindow Within(EventWindow other)
    {
        ArgumentNullException.ThrowIfNull(other);
        var start = Start > other.Start ? Start : other.Start;
        var end = End < other.End ? End : other.End;
        return new EventWindow(start, end < start ? start : end);
    }

    /// <summary>A moment as SQL and artifacts have it: <c>2026-01-31 00:00:00+00:00</c>.</summary>
    public static string Text(DateTime at) =>
        at.ToString(at.Ticks % TimeSpan.TicksPerSecond == 0 ? "yyyy-MM-dd HH:mm:ss'+00:00'" : "yyyy-MM-dd HH:mm:ss.ffffff'+00:00'", CultureInfo.InvariantCulture);
}
