namespace Quern.Chunks;

/// <summary>The proleptic Gregorian calendar, also beyond the years that .NET's dates have.</summary>
public static class Calendar
{
    /// <summary>Year (0 is 1 BC), month and day of a day counted from 1970-01-01.</summary>
    /// <remarks>Source: Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms", civil_from_days. A year starts
    /// in March, so that the leap day is its last; 400 years (an era) have 146,097 days.</remarks>
    public static (long Year, int Month, int Day) Split(long days)
    {
        var shifted = days + 719_468;
        var era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097;
        var dayOfEra = shifted - (era * 146_097);
        var yearOfEra = (dayOfEra - (dayOfEra / 1460) + (dayOfEra / 36_524) - (dayOfEra / 146_096)) / 365;
        var dayOfYear = dayOfEra - ((365 * yearOfEra) + (yearOfEra / 4) - (yearOfEra / 100));
        var marchMonth = ((5 * dayOfYear) + 2) / 153;
        var day = (int)(dayOfYear - (((153 * marchMonth) + 2) / 5) + 1);
        var month = (int)(marchMonth < 10 ? marchMonth + 3 : marchMonth - 9);
        return (yearOfEra + (era * 400) + (month <= 2 ? 1 : 0), month, day);
    }

    /// <summary>The day of a date, counted from 1970-01-01.</summary>
    /// <remarks>Source: as of <see cref="Split"/>, days_from_civil.</remarks>
    public static long Days(long year, int month, int day)
    {
        if (month <= 2) year--;
        var era = (year >= 0 ? year : year - 399) / 400;
        var yearOfEra = year - (era * 400);
        var dayOfYear = (((153 * (month > 2 ? month - 3 : month + 9)) + 2) / 5) + day - 1;
        var dayOfEra = (yearOfEra * 365) + (yearOfEra / 4) - (yearOfEra / 100) + dayOfYear;
        return (era * 146_097) + dayOfEra - 719_468;
    }
}
