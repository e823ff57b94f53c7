using Quern.Jinja;
using Quern.Jinja.Values;

namespace Quern.Projects.Context.Modules;

/// <summary><c>modules.datetime</c>: the classes datetime, date, time, timedelta and timezone.</summary>
static class DateTimeModule
{
    public static MemberObject Make(TimeProvider time) => new("module", new Dictionary<string, object?>
    {
        ["datetime"] = ModuleTable.Class(
            "datetime.datetime",
            MakeDateTime,
            ("now", Fn(a => Now(a, time))),
            ("utcnow", Fn(_ => time.GetUtcNow().DateTime)),
            ("today", Fn(_ => time.GetLocalNow().DateTime)),
            ("strptime", Fn(a =>
            {
                var bound = a.Bind("strptime", 2, "date_string", "format");
                return MomentReader.Read(bound.Text(0), bound.Text(1));
            })),
            ("fromisoformat", Fn(a => MomentReader.ReadIso(a.Bind("fromisoformat", 1, "date_string").Text(0)))),
            ("fromtimestamp", Fn(FromTimestamp)),
            ("utcfromtimestamp", Fn(a => DateTime.UnixEpoch.AddSeconds(Seconds(a.Bind("utcfromtimestamp", 1, "timestamp")[0])))),
            ("combine", Fn(Combine)),
            ("min", DateTime.MinValue),
            ("max", DateTime.MaxValue)),
        ["date"] = ModuleTable.Class(
            "datetime.date",
            a =>
            {
                var bound = a.Bind("date", 3, "year", "month", "day");
                return Valid(() => new DateOnly(Int(bound.Whole(0)), Int(bound.Whole(1)), Int(bound.Whole(2))));
            },
            ("today", Fn(_ => DateOnly.FromDateTime(time.GetLocalNow().DateTime))),
            ("fromisoformat", Fn(a => DateOf(MomentReader.ReadIso(a.Bind("fromisoformat", 1, "date_string").Text(0)))))),
        ["time"] = ModuleTable.Class("datetime.time", a =>
        {
            var bound = a.Bind("time", 0, "hour", "minute", "second", "microsecond");
            return Valid(() =>
                new TimeOnly(Int(bound.Whole(0, 0)), Int(bound.Whole(1, 0)), Int(bound.Whole(2, 0))).Add(Micros(bound.Whole(3, 0))));
        }),
        ["timedelta"] = ModuleTable.Class("datetime.timedelta", MakeSpan),
        ["timezone"] = ModuleTable.Class("datetime.timezone", a => MakeZone(a), ("utc", ZoneValue.Utc)),
    });

    static Func<Arguments, object?> Fn(Func<Arguments, object?> body) => body;

    static object? Now(Arguments arguments, TimeProvider time)
    {
        var zone = arguments.Bind("now", 0, "tz")[0];
        return zone is ZoneValue known ? known.Convert(time.GetUtcNow()) : (object)time.GetLocalNow().DateTime;
    }

    static object? MakeDateTime(Arguments arguments)
    {
        var bound = arguments.Bind("datetime", 3, "year", "month", "day", "hour", "minute", "second", "microsecond", "tzinfo");
        var at = Valid(() => new DateTime(
            Int(bound.Whole(0)), Int(bound.Whole(1)), Int(bound.Whole(2)), Int(bound.Whole(3, 0)), Int(bound.Whole(4, 0)),
            Int(bound.Whole(5, 0)))
            .Add(Micros(bound.Whole(6, 0))));
        return bound[7] is ZoneValue zone ? zone.Localize(at) : (object)at;
    }

    static object? FromTimestamp(Arguments arguments)
    {
        var bound = arguments.Bind("fromtimestamp", 1, "timestamp", "tz");
        var at = DateTime.UnixEpoch.AddSeconds(Seconds(bound[0]));
        return bound[1] is ZoneValue zone ? zone.Convert(new DateTimeOffset(at, TimeSpan.Zero)) : (object)at;
    }

    static object? Combine(Arguments arguments)
    {
        var bound = arguments.Bind("combine", 2, "date", "time");
        var (date, time) = (DateOf(bound[0]), bound[1] is TimeOnly clock ? clock : throw TemplateFailure.Type("combine needs a time"));
        return date.ToDateTime(time);
    }

    static object? MakeSpan(Arguments arguments)
    {
        var bound = arguments.Bind("timedelta", 0, "days", "seconds", "microseconds", "milliseconds", "minutes", "hours", "weeks");
        var seconds = (Part(6) * 7 + Part(0)) * 86_400 + Part(5) * 3600 + Part(4) * 60 + Part(1) + Part(3) / 1e3m + Part(2) / 1e6m;
        return Valid(() => TimeSpan.FromTicks((long)(seconds * TimeSpan.TicksPerSecond)));

        decimal Part(int index) => bound[index] switch
        {
            null => 0,
            long whole => whole,
            double real => (decimal)real,
            decimal exact => exact,
            var other => throw TemplateFailure.Type($"timedelta needs numbers, not {Value.TypeName(other)}"),
        };
    }

    static object? MakeZone(Arguments arguments)
    {
        var bound = arguments.Bind("timezone", 1, "offset", "name");
        var offset = bound[0] is TimeSpan span ? span : throw TemplateFailure.Type("timezone needs a timedelta");
        return new ZoneValue(bound.Text(1, null) ?? "", TimeZoneInfo.CreateCustomTimeZone("own", offset, null, null));
    }

    static DateOnly DateOf(object? value) => value switch
    {
        DateOnly date => date,
        DateTime at => DateOnly.FromDateTime(at),
        DateTimeOffset at => DateOnly.FromDateTime(at.DateTime),
        _ => throw TemplateFailure.Type($"a date is needed, not {Value.TypeName(value)}"),
    };

    static double Seconds(object? value) => value switch
    {
        long whole => whole,
        double real => real,
        _ => throw TemplateFailure.Type($"a number of seconds is needed, not {Value.TypeName(value)}"),
    };

    static TimeSpan Micros(long count) => TimeSpan.FromTicks(count * TimeSpan.TicksPerMicrosecond);

    static int Int(long value) => (int)Math.Clamp(value, -1, int.MaxValue);

    static T Valid<T>(Func<T> make)
    {
        try
        {
            return make();
        }
        catch (Exception e) when (e is ArgumentException or OverflowException)
        {
            throw TemplateFailure.Value("the date is out of range");
        }
    }
}
