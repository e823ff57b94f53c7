using System.Globalization;
using Quern.Files;

namespace Quern.Packs.OpenShift;

/// <summary>
/// What the path of a Parquet file of the product's lake says (specification section 3.4):
/// <c>[daily/]account/OCP/report type/source=uuid/year=2025/month=10/name.parquet</c>.
/// </summary>
/// <param name="IsDaily">The rows are summed by day.</param>
/// <param name="Source">The source; null outside a lake.</param>
/// <param name="Month">First day of the month; null outside a lake.</param>
readonly record struct LakePath(bool IsDaily, string? Source, DateOnly? Month)
{
    /// <summary>Reads the path; names of folders above the lake do not matter.</summary>
    public static LakePath Of(InputFile file)
    {
        var source = file.Partitions.GetValueOrDefault("source");
        var month = file.Partitions.TryGetValue("year", out var y) && file.Partitions.TryGetValue("month", out var m)
            && int.TryParse(y, NumberStyles.None, CultureInfo.InvariantCulture, out var year)
            && int.TryParse(m, NumberStyles.None, CultureInfo.InvariantCulture, out var monthOfYear)
            && year is > 0 and < 10000 && monthOfYear is > 0 and < 13
            ? new DateOnly(year, monthOfYear, 1) : (DateOnly?)null;
        var segments = file.Path.Split('/');
        var at = Array.FindIndex(segments, s => s.StartsWith("source=", StringComparison.Ordinal));
        return new LakePath(at >= 4 && segments[at - 4] == "daily", source, month);
    }
}
