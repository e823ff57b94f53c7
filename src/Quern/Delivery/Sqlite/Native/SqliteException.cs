namespace Quern.Delivery.Sqlite.Native;

/// <summary>What SQLite answered when it did not do what it was told.</summary>
/// <param name="code">Its extended result code.</param>
/// <param name="message">Its words.</param>
/// <param name="errno">The system's error of the last call to it; 0 for none.</param>
sealed class SqliteException(int code, string message, int errno) : Exception(message)
{
    /// <summary>The extended result code.</summary>
    public int Extended => code;

    /// <summary>The class of the result code: its low byte.</summary>
    public int Code => code & 0xFF;

    /// <summary>The system's error of the last call to it; 0 for none.</summary>
    public int Errno => errno;
}
