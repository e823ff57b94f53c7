using Quern.Files;

namespace Quern.Packs.OpenShift;

/// <summary>A file that takes part in the summary.</summary>
/// <param name="File">Where it is.</param>
/// <param name="Layout">What report it is.</param>
/// <param name="Form">In which form.</param>
/// <param name="Month">First day of the month that its rows belong to: of the path for Parquet, of the first row's report
/// period for CSV.</param>
/// <param name="Columns">Its columns in their order.</param>
sealed record ReportFile(
    InputFile File, ReportLayout Layout, ReportForm Form, DateOnly Month, IReadOnlyList<string> Columns)
{
    /// <summary>Lines above the header of a CSV file.</summary>
    public long LinesAbove { get; init; }
}
