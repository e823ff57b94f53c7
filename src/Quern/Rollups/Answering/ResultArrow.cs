namespace Quern.Rollups.Answering;

/// <summary>Writes results as Arrow IPC.</summary>
static class ResultArrow
{
    /// <summary>Writes a file.</summary>
    public static void Write(QueryResult result, Stream to) => throw new NotImplementedException();
}
