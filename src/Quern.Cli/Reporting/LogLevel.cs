namespace Quern.Cli.Reporting;

/// <summary>How much a line matters.</summary>
enum LogLevel
{
    /// <summary>For the log file only.</summary>
    Debug,

    /// <summary>What goes on.</summary>
    Info,

    /// <summary>What deserves a look.</summary>
    Warn,

    /// <summary>What failed; shown also when a verb is asked to be quiet.</summary>
    Error,

    /// <summary>No line is of this level: as a threshold it lets none through.</summary>
    None,
}
