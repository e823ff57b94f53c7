namespace Quern.Models.Results;

/// <summary>How a node ended; the names in artifacts are dbt's.</summary>
public enum NodeStatus
{
    /// <summary>A node that is no test was built.</summary>
    Success,

    /// <summary>A test found nothing.</summary>
    Pass,

    /// <summary>A test found something that only warrants a warning.</summary>
    Warn,

    /// <summary>A test found something.</summary>
    Fail,

    /// <summary>It could not be run.</summary>
    Error,

    /// <summary>It was not run, because of another node.</summary>
    Skipped,

    /// <summary>Of a model that is built in parts some were built and some failed.</summary>
    PartialSuccess,

    /// <summary>Nothing to do for this kind: an exposure.</summary>
    NoOp,
}
