namespace Quern.Rollups.Serving;

/// <summary>How a client wants its rows.</summary>
enum AnswerFormat
{
    /// <summary>A list of objects.</summary>
    Json,

    /// <summary>A header, then rows.</summary>
    Csv,

    /// <summary>An Arrow IPC file.</summary>
    Arrow,
}
