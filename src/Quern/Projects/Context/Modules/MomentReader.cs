using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Quern.Jinja;

namespace Quern.Projects.Context.Modules;

/// <summary>Reads dates and times by a format, as Python's <c>strptime</c> does: parts that are missing are those of 1900-01-01
/// 00:00.</summary>
static class MomentReader
{
    static readonly DateTimeFormatInfo Names = CultureInfo.InvariantCulture.DateTimeFormat;

    /// <summary>Reads a text; a <see cref="DateTimeOffset"/> when the format has <c>%z</c>, else a <see cref="DateTime"/>.</summary>
    public static object Read(string text, string format)
    {
        var match = Regex.Match(text, $@"\A{Pattern(format)}\z", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant,
            TimeSpan.FromSeconds(1));
        if (!match.Success) throw TemplateFailure.Value($"time data '{text}' does not match format '{format}'");
        try
        {
            return Build(match);
        }
        catch (ArgumentOutOfRangeException)
        {
            throw TemplateFailure.Value($"'{text}' is no date");
        }
    }

    /// <summary>Reads <c>2024-03-10</c>, also with a time and an offset behind it.</summary>
    public static object ReadIso(string text)
    {
        foreach (var format in new[] { "%Y-%m-%d", "%Y-%m-%dT%H:%M:%S", "%Y-%m-%dT%H:%M:%S.%f", "%Y-%m-%dT%H:%M" })
        {
            foreach (var spelled in new[] { format, format.Replace('T', ' '), format + "%z", format.Replace('T', ' ') + "%z" })
            {
                if (Regex.IsMatch(text, $@"\A{Pattern(spelled)}\z", RegexOptions.CultureInvariant,
                    TimeSpan.FromSeconds(1)))
                {
                    return Read(text, spelled);
                }
            }
        }
        throw TemplateFailure.Value($"'{text}' is no date or time in ISO form");
    }

    static string Pattern(string format)
    {
        var pattern = new StringBuilder();
        for (var i = 0; i < format.Length; i++)
        {
            if (format[i] == '%' && i + 1 < format.Length) pattern.Append(Part(format[++i]));
            else if (char.IsWhiteSpace(format[i])) pattern.Append(@"\s+");
            else pattern.Append(Regex.Escape(format[i].ToString()));
        }
        return pattern.ToString();
    }

    static string Part(char directive) => directive switch
    {
        'Y' => @"(?<Y>\d{4})",
        'y' => @"(?<y>\d{2})",
        'm' => @"(?<m>1[0-2]|0?[1-9])",
        'd' => @"(?<d>3[01]|[12]\d|0?[1-9])",
        'H' => @"(?<H>2[0-3]|[01]?\d)",
        'I' => @"(?<I>1[0-2]|0?[1-9])",
        'M' => @"(?<M>[0-5]?\d)",
        'S' => @"(?<S>6[01]|[0-5]?\d)",
        'f' => @"(?<f>\d{1,6})",
        'j' => @"(?<j>\d{1,3})",
        'p' => "(?<p>am|pm)",
        'z' => @"(?<z>Z|[+-]\d{2}:?\d{2})",
        'Z' => "(?:UTC|GMT)",
        'b' or 'h' => $"(?<b>{string.Join('|', Names.AbbreviatedMonthNames[..12])})",
        'B' => $"(?<B>{string.Join('|', Names.MonthNames[..12])})",
        'a' => $"(?:{string.Join('|', Names.AbbreviatedDayNames)})",
        'A' => $"(?:{string.Join('|', Names.DayNames)})",
        'D' => $"{Part('m')}/{Part('d')}/{Part('y')}",
        'F' => $"{Part('Y')}-{Part('m')}-{Part('d')}",
        'T' => $"{Part('H')}:{Part('M')}:{Part('S')}",
        '%' => "%",
        _ => throw TemplateFailure.Value($"'%{directive}' is not known in a format of strptime"),
    };

    static object Build(Match match)
    {
        var year = Number("Y") ?? (Number("y") is { } two ? two + (two < 69 ? 2000 : 1900) : 1900);
        var month = Number("m") ?? Index("b", Names.AbbreviatedMonthNames) ?? Index("B", Names.MonthNames) ?? 1;
        var hour = Number("H") ?? (Number("I") ?? 0) % 12 + (match.Groups["p"].Value.Equals("pm", StringComparison.OrdinalIgnoreCase)
            ? 12 : 0);
        var at = new DateTime(year, month, Number("d") ?? 1, hour, Number("M") ?? 0, Number("S") ?? 0);
        if (Number("j") is { } day) at = new DateTime(year, 1, 1).AddDays(day - 1) + at.TimeOfDay;
        if (match.Groups["f"] is { Success: true } fraction)
            at = at.AddTicks(long.Parse(fraction.Value.PadRight(6, '0'), CultureInfo.InvariantCulture) * TimeSpan.TicksPerMicrosecond);
        return match.Groups["z"] is { Success: true } zone ? new DateTimeOffset(at, Offset(zone.Value)) : (object)at;

        int? Number(string name) => match.Groups[name] is { Success: true } g ? int.Parse(g.Value, CultureInfo.InvariantCulture) : null;

        int? Index(string name, string[] names) => match.Groups[name] is { Success: true } g
            ? Array.FindIndex(names, n => n.Equals(g.Value, StringComparison.OrdinalIgnoreCase)) + 1
            : null;
    }

    static TimeSpan Offset(string text)
    {
        if (text is "Z" or "z") return TimeSpan.Zero;
        var digits = text.Replace(":", "", StringComparison.Ordinal);
        var span = new TimeSpan(int.Parse(digits[1..3], CultureInfo.InvariantCulture), int.Parse(digits[3..5],
            CultureInfo.InvariantCulture), 0);
        return digits[0] == '-' ? -span : span;
    }
}
