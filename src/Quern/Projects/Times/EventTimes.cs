using System.Globalization;
using System.Text.RegularExpressions;
using Quern.Jinja.Values;
using Quern.Yaml;

namespace Quern.Projects.Times;

/// <summary>Reads moments and spans of event time as options and configuration write them.</summary>
public static partial class EventTimes
{
    /// <summary>A moment: <c>2026-01-31</c>, <c>2026-01-31T12:00:00</c>, also with an offset. Without one it is UTC.</summary>
    /// <param name="value">Text or a date.</param>
    /// <param name="place">What errors call it.</param>
    /// <exception cref="QuernException">QN7198, exit code 2: it is none.</exception>
    public static DateTime Read(object? value, string place)
    {
        var text = value is DateOnly day ? day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) : PythonText.Of(value);
        const DateTimeStyles asUtc = DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal;
        if (Moment().IsMatch(text) && DateTime.TryParse(text, CultureInfo.InvariantCulture, asUtc, out var moment)) return moment;
        throw Wrong(place, text, "a date or a moment: 2026-01-31, 2026-01-31 12:00:00");
    }

    /// <summary>What <c>--sample</c> says: <c>3 days</c> up to now, or <c>{start: ..., end: ...}</c>.</summary>
    /// <param name="text">The text.</param>
    /// <param name="now">The present, UTC.</param>
    /// <exception cref="QuernException">QN7198, exit code 2: it is neither.</exception>
    public static EventWindow ReadSample(string text, DateTime now)
    {
        ArgumentNullException.ThrowIfNull(text);
        const string place = "--sample";
        if (text.TrimStart().StartsWith('{'))
        {
            var map = YamlText.ReadMap(text, place);
            if (map["start"] is null || map["end"] is null) throw Wrong(place, text, "{start: 2026-01-01, end: 2026-02-01}");
            var (start, end) = (Read(map["start"], place), Read(map["end"], place));
            return start < end ? new EventWindow(start, end) : throw Wrong(place, text, "a start before the end");
        }
        var match = Ago().Match(text.Trim());
        if (!match.Success || !int.TryParse(match.Groups[1].Value, NumberStyles.None, CultureInfo.InvariantCulture, out var count) || count is 0 or > 100_000)
            throw Wrong(place, text, "a number of hours, days, months or years: 3 days; or {start: ..., end: ...}");
        var size = Enum.Parse<BatchSize>(match.Groups[2].Value, ignoreCase: true);
        return new EventWindow(size.Move(now, -count), now);
    }

    static QuernException Wrong(string place, string value, string wanted) => new(
        new Fault("QN7198", "not a time, or a span of time")
        {
            Where = place,
            Value = $"\"{value}\"",
            Wanted = wanted,
            ExitCode = ExitCode.Usage,
        });

    [GeneratedRegex(@"^\d{4}-\d{2}-\d{2}([T ]\d{2}:\d{2}(:\d{2}(\.\d{1,7})?)?)?\s*(Z|[+-]\d{2}:?\d{2})?$")]
    private static partial Regex Moment();

    [GeneratedRegex(@"^(\d+)\s+(hour|day|month|year)s?$", RegexOptions.IgnoreCase)]
    private static partial Regex Ago();
}
