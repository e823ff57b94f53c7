namespace Quern.Folding.Expressions;

/// <summary>Buckets of time on the time line. A code counts them from the one that holds 1970-01-01 00:00 (0), in the zone of the fold, and is
/// negative before it; weeks begin on Monday.</summary>
enum TimeBucket
{
    /// <summary>A minute.</summary>
    Minute,

    /// <summary>An hour.</summary>
    Hour,

    /// <summary>A day.</summary>
    Day,

    /// <summary>A week from Monday on.</summary>
    Week,

    /// <summary>A month of the calendar.</summary>
    Month,

    /// <summary>A quarter of the calendar.</summary>
    Quarter,

    /// <summary>A year of the calendar.</summary>
    Year,
}
