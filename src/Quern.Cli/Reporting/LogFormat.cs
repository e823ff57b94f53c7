namespace Quern.Cli.Reporting;

/// <summary>How lines go to standard output.</summary>
enum LogFormat
{
    /// <summary>Nowhere: something else goes there.</summary>
    None,

    /// <summary>With a stamp, for people.</summary>
    Text,

    /// <summary>A JSON object a line, for programs.</summary>
    Json,
}
