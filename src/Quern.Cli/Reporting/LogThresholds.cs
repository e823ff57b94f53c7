namespace Quern.Cli.Reporting;

/// <summary>The least level of lines that go to standard output and to the log file, and the form of lines in the file.</summary>
/// <param name="Screen">Of standard output. Default: info.</param>
/// <param name="File">Of the file. Default: everything.</param>
/// <param name="FileFormat">Text or JSON. Default: text.</param>
sealed record LogThresholds(LogLevel Screen = LogLevel.Info, LogLevel File = LogLevel.Debug, LogFormat FileFormat = LogFormat.Text);
