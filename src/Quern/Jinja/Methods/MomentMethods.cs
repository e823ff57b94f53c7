using Quern.Jinja.Values;

namespace Quern.Jinja.Methods;

/// <summary>Fields and methods of dates and times, under Python's names.</summary>
static class MomentMethods
{
    public static Method? Find(object target, string name) => (name, target) switch
    {
        ("strftime", not TimeSpan) => Format,
        ("isoformat", not TimeSpan) => IsoFormat,
        ("date", DateTime or DateTimeOffset) => Date,
        ("time", DateTime or DateTimeOffset) => Time,
        ("weekday", DateTime or DateTimeOffset or DateOnly) => WeekDay,
        ("isoweekday", DateTime or DateTimeOffset or DateOnly) => IsoWeekDay,
        ("timestamp", DateTime or DateTimeOffset) => Timestamp,
        ("replace", DateTime or DateTimeOffset or DateOnly) => Replace,
        ("astimezone", DateTime or DateTimeOffset) => AsTimeZone,
        ("total_seconds", TimeSpan) => TotalSeconds,
        _ => null,
    };

    /// <summary>Reads <c>.year</c>, <c>.days</c> and their like.</summary>
    public static bool TryGetField(object target, string name, out object? value)
    {
        if (name == "tzinfo" && target is (DateTime or DateTimeOffset))
        {
            value = target is DateTimeOffset zoned ? ZoneValue.Fixed(zoned.Offset) : null;
            return true;
        }

        value = target switch
        {
            TimeSpan span => Field(span, name),
            TimeOnly time => ClockField(time.ToTimeSpan(), name),
            DateOnly date => DateField(date.ToDateTime(TimeOnly.MinValue), name),
            DateTime at => DateField(at, name) ?? ClockField(at.TimeOfDay, name),
            DateTimeOffset at => DateField(at.DateTime, name) ?? ClockField(at.TimeOfDay, name),
            _ => null,
        };
        return value is not null;
    }

    static object? DateField(DateTime at, string name) => name switch
    {
        "year" => Value.Box((long)at.Year),
        "month" => Value.Box((long)at.Month),
        "day" => Value.Box((long)at.Day),
        _ => null,
    };

    static object? ClockField(TimeSpan time, string name) => name switch
    {
        "hour" => Value.Box((long)time.Hours),
        "minute" => Value.Box((long)time.Minutes),
        "second" => Value.Box((long)time.Seconds),
        "microsecond" => Value.Box(time.Ticks % TimeSpan.TicksPerSecond / TimeSpan.TicksPerMicrosecond),
        _ => null,
    };

    static object? Field(TimeSpan span, string name)
    {
        var days = (long)Math.Floor(span.TotalDays);
        var rest = span - TimeSpan.FromDays(days);
        return name switch
        {
            "days" => Value.Box(days),
            "seconds" => Value.Box(rest.Ticks / TimeSpan.TicksPerSecond),
            "microseconds" => Value.Box(rest.Ticks % TimeSpan.TicksPerSecond / TimeSpan.TicksPerMicrosecond),
            _ => null,
        };
    }

    static object Format(object target, Arguments arguments)
    {
        var format = arguments.Bind("strftime", 1, "format").Text(0);
        Meter.ChargeText(8L * format.Length);
        return Moments.Format(target, format);
    }

    static object IsoFormat(object target, Arguments arguments)
    {
        var separator = arguments.Bind("isoformat", 0, "sep").Text(0, "T")!;
        if (separator.Length != 1) throw TemplateFailure.Value("isoformat needs one character for sep");
        return target switch
        {
            DateTime at => Moments.Iso(at, separator[0]),
            DateTimeOffset at => Moments.Iso(at.DateTime, separator[0]) + Moments.Offset(at.Offset),
            _ => Moments.Print(target),
        };
    }

    static object Date(object target, Arguments arguments)
    {
        arguments.Bind("date", 0);
        return DateOnly.FromDateTime(Local(target));
    }

    static object Time(object target, Arguments arguments)
    {
        arguments.Bind("time", 0);
        return TimeOnly.FromDateTime(Local(target));
    }

    static object WeekDay(object target, Arguments arguments)
    {
        arguments.Bind("weekday", 0);
        return Value.Box(((long)Local(target).DayOfWeek + 6) % 7);
    }

    static object IsoWeekDay(object target, Arguments arguments)
    {
        arguments.Bind("isoweekday", 0);
        return Value.Box((((long)Local(target).DayOfWeek + 6) % 7) + 1);
    }

    static object Timestamp(object target, Arguments arguments)
    {
        arguments.Bind("timestamp", 0);
        var at = target is DateTimeOffset aware ? aware.UtcDateTime : (DateTime)target;
        return (at - DateTime.UnixEpoch).Ticks / (double)TimeSpan.TicksPerSecond;
    }

    static object Replace(object target, Arguments arguments)
    {
        var bound = arguments.Bind("replace", 0, "year", "month", "day", "hour", "minute", "second", "microsecond");
        var at = Local(target);
        try
        {
            var moved = new DateTime(
                Part(0, at.Year),
                Part(1, at.Month),
                Part(2, at.Day),
                Part(3, at.Hour),
                Part(4, at.Minute),
                Part(5, at.Second))
                .AddTicks(bound.Whole(6, at.Ticks % TimeSpan.TicksPerSecond / TimeSpan.TicksPerMicrosecond)
                    * TimeSpan.TicksPerMicrosecond);
            return target switch
            {
                DateOnly => DateOnly.FromDateTime(moved),
                DateTimeOffset aware => new DateTimeOffset(moved, aware.Offset),
                _ => moved,
            };
        }
        catch (ArgumentOutOfRangeException)
        {
            throw TemplateFailure.Value("the date is out of range");
        }

        int Part(int index, int now) => (int)Math.Clamp(bound.Whole(index, now), -1, int.MaxValue);
    }

    // A datetime without a zone is in UTC.
    static object AsTimeZone(object target, Arguments arguments)
    {
        var zone = arguments.Bind("astimezone", 0, "tz")[0] as ZoneValue ?? ZoneValue.Utc;
        return zone.Convert(target is DateTimeOffset aware ? aware : new DateTimeOffset(Local(target), TimeSpan.Zero));
    }

    static object TotalSeconds(object target, Arguments arguments)
    {
        arguments.Bind("total_seconds", 0);
        return ((TimeSpan)target).Ticks / (double)TimeSpan.TicksPerSecond;
    }

    static DateTime Local(object target) => target switch
    {
        DateTime at => at,
        DateTimeOffset at => at.DateTime,
        DateOnly date => date.ToDateTime(TimeOnly.MinValue),
        _ => throw new InvalidOperationException("not a date"),
    };
}
