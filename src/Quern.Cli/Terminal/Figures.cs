using System.Globalization;
using Quern.Budget;

namespace Quern.Cli.Terminal;

/// <summary>Numbers as people read them; the same in every locale.</summary>
static class Figures
{
    static readonly CultureInfo Plain = CultureInfo.InvariantCulture;

    /// <summary><c>1,017,615</c>.</summary>
    public static string Count(long value) => value.ToString("N0", Plain);

    /// <summary><c>402 MB</c>; <c>0</c> for nothing.</summary>
    public static string Bytes(long value) => value == 0 ? "0" : new MemorySize(value).ToString();

    /// <summary><c>1.1 M</c>, <c>300 k</c>, <c>42</c>: two digits are enough for a rate.</summary>
    public static string Rate(double value) => value switch
    {
        >= 999_500_000 => Short(value / 1e9) + " G",
        >= 999_500 => Short(value / 1e6) + " M",
        >= 1_000 => Short(value / 1e3) + " k",
        _ => Short(value),
    };

    /// <summary><c>0.92 s</c>, <c>41.3 s</c>, <c>3 min 20 s</c>, <c>2 h 5 min</c>.</summary>
    public static string Time(TimeSpan time) => time.TotalSeconds switch
    {
        < 9.995 => time.TotalSeconds.ToString("0.00", Plain) + " s",
        < 99.95 => time.TotalSeconds.ToString("0.0", Plain) + " s",
        _ => WholeSeconds(time),
    };

    /// <summary><c>1 s</c>, <c>41 s</c>, <c>3 min 20 s</c>, <c>2 h 5 min</c>.</summary>
    public static string WholeSeconds(TimeSpan time) => Math.Round(time.TotalSeconds) switch
    {
        < 60 and var seconds => seconds.ToString("0", Plain) + " s",
        < 3_600 and var seconds => Parts(seconds, "min", "s"),
        _ => Parts(Math.Round(time.TotalMinutes), "h", "min"),
    };

    /// <summary><c>42%</c>; 100% only when all is done.</summary>
    public static string Percent(double part) => Math.Floor(part * 100).ToString("0", Plain) + "%";

    static string Short(double value) => value.ToString(value < 9.95 ? "0.#" : "0", Plain);

    static string Parts(double value, string large, string small) =>
        string.Create(Plain, $"{Math.Floor(value / 60):0} {large} {value % 60:0} {small}");
}
