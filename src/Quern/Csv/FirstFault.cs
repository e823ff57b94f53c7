namespace Quern.Csv;

/// <summary>
/// Which fault a file is reported with. Threads that read parts of a file at once may find one of its faults before another
/// that stands further up, and most often the second is a consequence of the first; so the file is read once more from its
/// beginning, by one thread, up to the first fault.
/// </summary>
static class FirstFault
{
    /// <summary>The first fault of a file.</summary>
    /// <param name="read">What was read.</param>
    /// <param name="columns">The columns that were parsed.</param>
    /// <param name="file">The file.</param>
    /// <param name="found">The fault that was found in it.</param>
    public static QuernException Of(CsvRead read, IReadOnlyList<int> columns, CsvFile file, QuernException found)
    {
        using var pass = new CsvPass(read with { Files = [file], BytesRead = null, Counts = null, Rejects = null }, columns);
        using var reader = pass.OpenReader(isOnly: true);
        using var sink = new DropSink();
        try
        {
            while (reader.Fill(sink) > 0)
            {
            }
            return found;
        }
        catch (QuernException first)
        {
            return first;
        }
    }
}
