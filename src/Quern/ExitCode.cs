namespace Quern;

/// <summary>How a process ends (DESIGN section 4, rule 12).</summary>
public enum ExitCode
{
    /// <summary>All done.</summary>
    Done = 0,

    /// <summary>The run failed; outputs are as they were.</summary>
    Failed = 1,

    /// <summary>Usage or configuration is wrong; nothing was started.</summary>
    Usage = 2,

    /// <summary>Done, with rows set aside under the limit the user gave.</summary>
    DoneWithRejects = 3,

    /// <summary>The memory limit cannot be met.</summary>
    MemoryLimit = 4,

    /// <summary>A source or destination cannot be reached.</summary>
    Unreachable = 5,

    /// <summary>Interrupted by the user.</summary>
    Interrupted = 130,
}
