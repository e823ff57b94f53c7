namespace Quern.Models.Freshness;

/// <summary>How fresh a table of a source is; the names in artifacts are dbt's.</summary>
public enum FreshnessStatus
{
    /// <summary>Fresh enough.</summary>
    Pass,

    /// <summary>Older than <c>warn_after</c>.</summary>
    Warn,

    /// <summary>Older than <c>error_after</c>.</summary>
    Error,

    /// <summary>It could not be asked.</summary>
    RuntimeError,
}
