namespace Quern.Projects.Times;

/// <summary>How long a part of a model that is built by time is.</summary>
public enum BatchSize
{
    /// <summary>An hour.</summary>
    Hour,

    /// <summary>A day.</summary>
    Day,

    /// <summary>A month.</summary>
    Month,

    /// <summary>A year.</summary>
    Year,
}

/// <summary>Arithmetic of batches; all times are UTC.</summary>
static class BatchSizes
{
    /// <summary>The beginning of the batch that a moment lies in.</summary>
    public static DateTime Floor(this BatchSize size, DateTime at) => size switch
    {
        BatchSize.Hour => new DateTime(at.Year, at.Month, at.Day, at.Hour, 0, 0, DateTimeKind.Utc),
        BatchSize.Day => new DateTime(at.Year, at.Month, at.Day, 0, 0, 0, DateTimeKind.Utc),
        BatchSize.Month => new DateTime(at.Year, at.Month, 1, 0, 0, 0, DateTimeKind.Utc),
        _ => new DateTime(at.Year, 1, 1, 0, 0, 0, DateTimeKind.Utc),
    };

    /// <summary>The end of the batch that a moment lies in; the moment itself where a batch begins.</summary>
    public static DateTime Ceiling(this BatchSize size, DateTime at) => size.Floor(at) == at ? at : size.Move(size.Floor(at), 1);

    /// <summary>The beginning of a batch, some batches later or, with a negative number, earlier.</summary>
    public static DateTime Move(this BatchSize size, DateTime start, int batches) => size switch
    {
        BatchSize.Hour => start.AddHours(batches),
        BatchSize.Day => start.AddDays(batches),
        BatchSize.Month => start.AddMonths(batches),
        _ => start.AddYears(batches),
    };
}
