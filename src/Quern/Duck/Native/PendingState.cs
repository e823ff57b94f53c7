namespace Quern.Duck.Native;

/// <summary><c>duckdb_pending_state</c>: how far a statement is that runs a task at a time.</summary>
enum PendingState
{
    /// <summary>There is a result.</summary>
    ResultReady = 0,

    /// <summary>There is more to do.</summary>
    ResultNotReady = 1,

    /// <summary>It has failed.</summary>
    Error = 2,

    /// <summary>Other threads do all that there is to do.</summary>
    NoTasksAvailable = 3,
}
