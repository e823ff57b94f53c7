namespace Quern.Packs.OpenShift;

/// <summary>The reports that the operator of a cluster writes.</summary>
public enum ReportType
{
    /// <summary>Volumes, by hour.</summary>
    StorageUsage,

    /// <summary>Pods, by hour, with the capacity of their nodes.</summary>
    PodUsage,

    /// <summary>Labels of nodes.</summary>
    NodeLabels,

    /// <summary>Labels of namespaces.</summary>
    NamespaceLabels,

    /// <summary>Virtual machines; not part of the summary.</summary>
    VmUsage,

    /// <summary>Graphics processors; not part of the summary.</summary>
    GpuUsage,
}
