namespace Quern.Bench.Months;

/// <summary>What is asked for: the options of <c>month</c>.</summary>
sealed record MonthPlan
{
    /// <summary>Hourly pod rows, exactly.</summary>
    public required long Rows { get; init; }

    /// <summary>Same seed and options, same bytes.</summary>
    public required ulong Seed { get; init; }

    /// <summary>First day of the month.</summary>
    public required DateOnly Month { get; init; }

    /// <summary>Upper bound of distinct pod label strings.</summary>
    public int LabelSets { get; init; } = 1_000;

    /// <summary>Upper bound of nodes.</summary>
    public int Nodes { get; init; } = 100;

    /// <summary>Upper bound of namespaces.</summary>
    public int Namespaces { get; init; } = 50;

    /// <summary>Upper bound of volumes.</summary>
    public int Volumes { get; init; } = 500;

    /// <summary>Files the pod report is split into.</summary>
    public int Files { get; init; } = 1;

    /// <summary>Files each of the other three reports is split into.</summary>
    public int SideFiles { get; init; } = 1;

    /// <summary>By hour and then pod, as the operator writes, or by pod and then hour.</summary>
    public RowOrder Order { get; init; } = RowOrder.Hour;

    /// <summary>Days of the month.</summary>
    public int Days => DateTime.DaysInMonth(Month.Year, Month.Month);

    /// <summary>Hours of the month.</summary>
    public int Hours => Days * 24;

    /// <summary>Pods if each ran the whole month: what nodes, namespaces and the rest are scaled by.</summary>
    public int NominalPods => (int)((Rows + Hours - 1) / Hours);

    /// <summary>Name of a report file without its extension, as nise names them: <c>October-2025-cluster-ocp_pod_usage-1</c>.</summary>
    public string FileName(string report, int index, int count)
    {
        var suffix = count == 1 ? "" : $"-{index + 1}";
        return $"{Month.ToString("MMMM-yyyy", null)}-{MonthParameters.ClusterId}-{report}{suffix}";
    }
}

/// <summary>Order of the pod rows.</summary>
enum RowOrder
{
    /// <summary>All pods of the first hour, then all of the second, as the operator writes.</summary>
    Hour,

    /// <summary>All hours of the first pod, then all of the second.</summary>
    Pod,
}
