using System.Globalization;
using System.Text;

namespace Quern.Jinja.Values;

/// <summary>
/// Dates and times as Python's datetime shows and computes them: <see cref="DateTime"/> (naive),
/// <see cref="DateTimeOffset"/> (aware), <see cref="DateOnly"/>, <see cref="TimeOnly"/> and <see cref="TimeSpan"/>
/// (timedelta). Microseconds are the finest part shown.
/// </summary>
static class Moments
{
    public static bool AreComparable(object? left, object? right) => (left, right) is
        (DateTime, DateTime) or (DateTimeOffset, DateTimeOffset) or (DateOnly, DateOnly) or (TimeOnly, TimeOnly)
        or (TimeSpan, TimeSpan);

    public static int Compare(object left, object right) => (left, right) switch
    {
        (DateTime a, DateTime b) => a.CompareTo(b),
        (DateTimeOffset a, DateTimeOffset b) => a.CompareTo(b),
        (DateOnly a, DateOnly b) => a.CompareTo(b),
        (TimeOnly a, TimeOnly b) => a.CompareTo(b),
        (TimeSpan a, TimeSpan b) => a.CompareTo(b),
        _ => throw new InvalidOperationException("not comparable"),
    };

    /// <summary>Adds or subtracts dates, times and spans; null when the operands do not go together.</summary>
    public static object? Operate(string symbol, object? left, object? right)
    {
        try
        {
            return (symbol, left, right) switch
            {
                ("+", DateTime a, TimeSpan b) => a + b,
                ("+", TimeSpan a, DateTime b) => b + a,
                ("+", DateTimeOffset a, TimeSpan b) => a + b,
                ("+", TimeSpan a, DateTimeOffset b) => b + a,
                ("+", DateOnly a, TimeSpan b) => a.AddDays(b.Days),
                ("+", TimeSpan a, DateOnly b) => b.AddDays(a.Days),
                ("+", TimeSpan a, TimeSpan b) => a + b,
                ("-", DateTime a, TimeSpan b) => a - b,
                ("-", DateTimeOffset a, TimeSpan b) => a - b,
                ("-", DateOnly a, TimeSpan b) => a.AddDays(-b.Days),
                ("-", DateTime a, DateTime b) => a - b,
                ("-", DateTimeOffset a, DateTimeOffset b) => a - b,
                ("-", DateOnly a, DateOnly b) => TimeSpan.FromDays(a.DayNumber - b.DayNumber),
                ("-", TimeSpan a, TimeSpan b) => a - b,
                ("*", TimeSpan a, long b) => a * b,
                ("*", long a, TimeSpan b) => a * b,
                ("/", TimeSpan a, long b) when b != 0 => a / b,
                ("/", TimeSpan a, TimeSpan b) when b != TimeSpan.Zero => a / b,
                _ => null,
            };
        }
        catch (Exception e) when (e is ArgumentOutOfRangeException or OverflowException)
        {
            throw TemplateFailure.Value("the date is out of range");
        }
    }

    public static string Print(object value) => value switch
    {
        DateTime at => Iso(at, ' '),
        DateTimeOffset at => Iso(at.DateTime, ' ') + Offset(at.Offset),
        DateOnly date => date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        TimeOnly time => Clock(time),
        TimeSpan span => Span(span),
        _ => throw new InvalidOperationException("not a moment"),
    };

    public static string Represent(object value) => value switch
    {
        DateTime at => $"datetime.datetime({at.Year}, {at.Month}, {at.Day}, {ClockParts(at.TimeOfDay)})",
        DateTimeOffset at =>
            $"datetime.datetime({at.Year}, {at.Month}, {at.Day}, {ClockParts(at.TimeOfDay)}, tzinfo={Zone(at.Offset)})",
        DateOnly date => $"datetime.date({date.Year}, {date.Month}, {date.Day})",
        TimeOnly time => $"datetime.time({ClockParts(time.ToTimeSpan())})",
        TimeSpan span => RepresentSpan(span),
        _ => throw new InvalidOperationException("not a moment"),
    };

    public static string Iso(DateTime at, char between) =>
        at.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) + between + Clock(TimeOnly.FromDateTime(at));

    public static string Clock(TimeOnly time)
    {
        var micros = time.Ticks % TimeSpan.TicksPerSecond / TimeSpan.TicksPerMicrosecond;
        var text = time.ToString("HH:mm:ss", CultureInfo.InvariantCulture);
        return micros == 0 ? text : $"{text}.{micros:000000}";
    }

    public static string Offset(TimeSpan offset)
    {
        var sign = offset < TimeSpan.Zero ? '-' : '+';
        return $"{sign}{Math.Abs(offset.Hours):00}:{Math.Abs(offset.Minutes):00}";
    }

    /// <summary>A date or time through a strftime format.</summary>
    public static string Format(object value, string format) => value switch
    {
        DateTime at => Format(at, null, format),
        DateTimeOffset at => Format(at.DateTime, at.Offset, format),
        DateOnly date => Format(date.ToDateTime(TimeOnly.MinValue), null, format),
        TimeOnly time => Format(new DateTime(1900, 1, 1).Add(time.ToTimeSpan()), null, format),
        _ => throw TemplateFailure.Type($"a {Value.TypeName(value)} has no date format"),
    };

    /// <summary>A moment through a strftime format. Unknown directives stay as they are.</summary>
    static string Format(DateTime at, TimeSpan? offset, string format)
    {
        var output = new StringBuilder();
        for (var i = 0; i < format.Length; i++)
        {
            if (format[i] != '%' || i + 1 == format.Length)
            {
                output.Append(format[i]);
                continue;
            }

            var directive = format[++i];
            var plain = directive == '-' && i + 1 < format.Length;
            if (plain) directive = format[++i];
            var part = Directive(at, offset, directive);
            if (part is null) output.Append('%').Append(plain ? "-" : "").Append(directive);
            else output.Append(plain ? Unpadded(part) : part);
        }

        return output.ToString();
    }

    static string Unpadded(string part)
    {
        var trimmed = part.TrimStart('0', ' ');
        return trimmed.Length == 0 && part.Length > 0 ? "0" : trimmed;
    }

    static string? Directive(DateTime at, TimeSpan? offset, char directive) => directive switch
    {
        'Y' => Custom(at, "yyyy"),
        'y' => Custom(at, "yy"),
        'm' => Custom(at, "MM"),
        'd' => Custom(at, "dd"),
        'e' => $"{at.Day,2}",
        'H' => Custom(at, "HH"),
        'I' => Custom(at, "hh"),
        'M' => Custom(at, "mm"),
        'S' => Custom(at, "ss"),
        'f' => Custom(at, "ffffff"),
        'p' => at.Hour < 12 ? "AM" : "PM",
        'a' => Custom(at, "ddd"),
        'A' => Custom(at, "dddd"),
        'b' or 'h' => Custom(at, "MMM"),
        'B' => Custom(at, "MMMM"),
        'j' => $"{at.DayOfYear:000}",
        'w' => $"{(int)at.DayOfWeek}",
        'u' => $"{(at.DayOfWeek == DayOfWeek.Sunday ? 7 : (int)at.DayOfWeek)}",
        'U' => $"{(at.DayOfYear + 6 - (int)at.DayOfWeek) / 7:00}",
        'W' => $"{(at.DayOfYear + 6 - ((int)at.DayOfWeek + 6) % 7) / 7:00}",
        'V' => $"{ISOWeek.GetWeekOfYear(at):00}",
        'G' => $"{ISOWeek.GetYear(at)}",
        'D' or 'x' => Custom(at, "MM/dd/yy"),
        'F' => Custom(at, "yyyy-MM-dd"),
        'T' or 'X' => Custom(at, "HH:mm:ss"),
        'R' => Custom(at, "HH:mm"),
        'c' => $"{Custom(at, "ddd MMM")} {at.Day,2} {Custom(at, "HH:mm:ss yyyy")}",
        's' => $"{((offset is { } z ? at - z : at) - DateTime.UnixEpoch).Ticks / TimeSpan.TicksPerSecond}",
        'z' => offset is { } zone ? Offset(zone).Replace(":", "", StringComparison.Ordinal) : "",
        'Z' => offset is { } name ? Name(name) : "",
        'n' => "\n",
        't' => "\t",
        '%' => "%",
        _ => null,
    };

    static string Custom(DateTime at, string format) => at.ToString(format, CultureInfo.InvariantCulture);

    static string Name(TimeSpan offset) => offset == TimeSpan.Zero ? "UTC" : "UTC" + Offset(offset);

    static string Zone(TimeSpan offset) => offset == TimeSpan.Zero
        ? "datetime.timezone.utc"
        : $"datetime.timezone({RepresentSpan(offset)})";

    static string ClockParts(TimeSpan time)
    {
        var micros = time.Ticks % TimeSpan.TicksPerSecond / TimeSpan.TicksPerMicrosecond;
        var text = $"{time.Hours}, {time.Minutes}";
        if (time.Seconds != 0 || micros != 0) text += $", {time.Seconds}";
        return micros == 0 ? text : $"{text}, {micros}";
    }

    static (long Days, long Seconds, long Micros) Parts(TimeSpan span)
    {
        var micros = span.Ticks / TimeSpan.TicksPerMicrosecond;
        var days = Math.DivRem(micros, 86_400_000_000, out var rest);
        if (rest < 0) (days, rest) = (days - 1, rest + 86_400_000_000);
        return (days, rest / 1_000_000, rest % 1_000_000);
    }

    static string Span(TimeSpan span)
    {
        var (days, seconds, micros) = Parts(span);
        var clock = $"{seconds / 3600}:{seconds / 60 % 60:00}:{seconds % 60:00}";
        if (micros != 0) clock += $".{micros:000000}";
        return days == 0 ? clock : FormattableString.Invariant($"{days} day{(Math.Abs(days) == 1 ? "" : "s")}, {clock}");
    }

    static string RepresentSpan(TimeSpan span)
    {
        var (days, seconds, micros) = Parts(span);
        var parts = new List<string>();
        if (days != 0) parts.Add(FormattableString.Invariant($"days={days}"));
        if (seconds != 0) parts.Add(FormattableString.Invariant($"seconds={seconds}"));
        if (micros != 0) parts.Add($"microseconds={micros}");
        return $"datetime.timedelta({(parts.Count == 0 ? "0" : string.Join(", ", parts))})";
    }
}
