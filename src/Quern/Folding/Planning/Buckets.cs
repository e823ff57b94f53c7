using Quern.Chunks;
using Quern.Folding.Expressions;

namespace Quern.Folding.Planning;

/// <summary>Arithmetic of the numbers of time buckets, which count from the bucket of 1970-01-01 00:00 local time.</summary>
/// <remarks>1970-01-01 was a Thursday, so week 0 begins three days before it.</remarks>
static class Buckets
{
    const long MinutesOfHour = 60, MinutesOfDay = 1440, HoursOfDay = 24, DaysOfWeek = 7, DaysBeforeFirst = 3, MonthsOfYear = 12, MonthsOfQuarter = 3;
    const int FirstYear = 1970;

    /// <summary>Each bucket lies in one of the other kind: minutes in hours, days in weeks and in months, but not weeks in months.</summary>
    public static bool Nests(TimeBucket fine, TimeBucket coarse) =>
        fine == coarse || (fine < coarse && (fine <= TimeBucket.Day || (fine >= TimeBucket.Month && coarse >= TimeBucket.Month)));

    /// <summary>The bucket in which one of a finer kind lies.</summary>
    public static long Coarsen(TimeBucket fine, TimeBucket coarse, long value)
    {
        if (fine == coarse) return value;
        if (fine == TimeBucket.Quarter) return FloorDivide(value, MonthsOfYear / MonthsOfQuarter);
        if (fine == TimeBucket.Month) return FloorDivide(value, coarse == TimeBucket.Quarter ? MonthsOfQuarter : MonthsOfYear);
        if (coarse == TimeBucket.Hour) return FloorDivide(value, MinutesOfHour);
        var day = fine switch
        {
            TimeBucket.Minute => FloorDivide(value, MinutesOfDay),
            TimeBucket.Hour => FloorDivide(value, HoursOfDay),
            _ => value,
        };
        return OfDay(coarse, day);
    }

    /// <summary>The first bucket of a finer kind in a bucket.</summary>
    public static long First(TimeBucket coarse, TimeBucket fine, long value)
    {
        if (fine == coarse) return value;
        if (fine >= TimeBucket.Month) return value * (coarse == TimeBucket.Quarter ? MonthsOfQuarter : fine == TimeBucket.Month ? MonthsOfYear : 4);
        if (coarse == TimeBucket.Hour) return value * MinutesOfHour;
        var day = coarse switch
        {
            TimeBucket.Week => (value * DaysOfWeek) - DaysBeforeFirst,
            TimeBucket.Month => FirstDay(value),
            TimeBucket.Quarter => FirstDay(value * MonthsOfQuarter),
            TimeBucket.Year => FirstDay(value * MonthsOfYear),
            _ => value,
        };
        return fine switch
        {
            TimeBucket.Minute => day * MinutesOfDay,
            TimeBucket.Hour => day * HoursOfDay,
            _ => day,
        };
    }

    /// <summary>Rounds down, also below zero.</summary>
    public static long FloorDivide(long value, long by)
    {
        var quotient = value / by;
        return value % by < 0 ? quotient - 1 : quotient;
    }

    static long OfDay(TimeBucket bucket, long day)
    {
        if (bucket == TimeBucket.Day) return day;
        if (bucket == TimeBucket.Week) return FloorDivide(day + DaysBeforeFirst, DaysOfWeek);
        var (year, month, _) = Calendar.Split(day);
        var months = ((year - FirstYear) * MonthsOfYear) + month - 1;
        return bucket switch
        {
            TimeBucket.Month => months,
            TimeBucket.Quarter => FloorDivide(months, MonthsOfQuarter),
            _ => year - FirstYear,
        };
    }

    static long FirstDay(long month)
    {
        var year = FloorDivide(month, MonthsOfYear);
        return Calendar.Days(year + FirstYear, (int)(month - (year * MonthsOfYear)) + 1, 1);
    }
}
