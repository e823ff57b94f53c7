namespace Quern.Converting.Sources;

/// <summary>How a source is read.</summary>
/// <param name="InOrder">Rows come in the order of the files.</param>
/// <param name="Threads">Threads that read.</param>
/// <param name="LimitBytes">What the process may hold.</param>
/// <param name="BytesRead">Told how many more bytes have been read, by sources that count them.</param>
sealed record Reading(bool InOrder, int Threads, long LimitBytes, Action<long>? BytesRead = null);
