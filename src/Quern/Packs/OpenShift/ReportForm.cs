namespace Quern.Packs.OpenShift;

/// <summary>The form in which a report is at hand.</summary>
public enum ReportForm
{
    /// <summary>Hourly rows as text, labels as key:value|key:value.</summary>
    Csv,

    /// <summary>Hourly rows as Parquet.</summary>
    Hourly,

    /// <summary>Rows summed by day as Parquet.</summary>
    Daily,
}
