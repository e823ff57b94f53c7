namespace Quern.Csv;

/// <summary>Finds rows that were read in the order of the files again, with their places; reads all in front of them once more.</summary>
static class RowPlaces
{
    /// <summary>The rows.</summary>
    /// <param name="read">What was read, and which rows were set aside in reading.</param>
    /// <param name="numbers">Which of the rows that were handed on, from 0, ascending.</param>
    /// <returns>For each the file, its first byte there, its first line, and its bytes.</returns>
    public static IEnumerable<(CsvFile File, long At, long Line, byte[] Raw)> Find(CsvRead read, IReadOnlyList<long> numbers)
    {
        using var pass = new CsvPass(read with { Counts = null, BytesRead = null, Rejects = read.Rejects is null ? null : new CsvRejects() });
        using var reader = pass.OpenReader(isOnly: true);
        using var sink = new DropSink();
        var (at, next) = (0L, 0);
        LineCount? lines = null;
        CsvFile? open = null;
        try
        {
            while (next < numbers.Count && reader.FillBatch(sink) is > 0 and var rows)
            {
                for (; next < numbers.Count && numbers[next] < at + rows; next++)
                {
                    var (place, raw) = reader.RowAt((int)(numbers[next] - at));
                    var file = read.Files[reader.Block.File];
                    if (!ReferenceEquals(open, file))
                    {
                        lines?.Dispose();
                        (open, lines) = (file, new LineCount(file));
                    }
                    yield return (file, place, lines!.At(place), raw);
                }
                at += rows;
            }
        }
        finally
        {
            lines?.Dispose();
        }
    }
}
