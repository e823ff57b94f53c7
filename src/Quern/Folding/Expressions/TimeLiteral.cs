using System.Globalization;

namespace Quern.Folding.Expressions;

/// <summary>How days and moments are written in declarations and queries.</summary>
static class TimeLiteral
{
    static readonly string[] Moments =
    [
        "yyyy-MM-dd HH:mm", "yyyy-MM-dd HH:mm:ss", "yyyy-MM-dd HH", "yyyy-MM-ddTHH:mm", "yyyy-MM-ddTHH:mm:ss",
        "yyyy-MM-dd HH:mm:ss.FFFFFF", "yyyy-MM-ddTHH:mm:ss.FFFFFF", "yyyy-MM-dd",
    ];

    /// <summary>A day: 2024-02-29; null when the text is none.</summary>
    public static DateOnly? Day(string text) =>
        DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null;

    /// <summary>A moment: 2024-02-29 07:31, with a T, seconds and their fractions if wanted, or the first moment of a day; null when the
    /// text is none.</summary>
    public static DateTime? Moment(string text) =>
        DateTime.TryParseExact(text, Moments, CultureInfo.InvariantCulture, DateTimeStyles.None, out var moment) ? moment : null;
}
