using System.IO.Compression;

namespace Quern.Bench.Months;

/// <summary>How much disk a month takes, told from a sample of its rows before anything is written.</summary>
static class DiskNeed
{
    const int SampleRows = 20_000;

    // Rows of the sample are the first ones; later ones differ a little in length.
    const double Margin = 1.05;

    // Left free for whatever else runs on the machine.
    const long Reserve = 1L << 30;

    /// <summary>Estimated bytes of a report as CSV, compressed when asked for.</summary>
    public static long OfCsv(ReportKind kind, bool compressed)
    {
        var report = kind.Create(0);
        var buffer = new RowBuffer(16 << 20);
        var rows = report.Fill(buffer, SampleRows);
        if (rows == 0) return 0;
        var bytes = compressed ? Compressed(buffer.Written.Span) : buffer.Written.Length;
        return (long)(Margin * bytes / rows * kind.Rows) + report.Header.Length;
    }

    /// <summary>Refuses when the disk of a folder has too little left.</summary>
    /// <exception cref="BenchException">Too little disk.</exception>
    public static void Require(string folder, long bytes)
    {
        var free = new DriveInfo(folder).AvailableFreeSpace;
        if (free - Reserve >= bytes) return;
        throw new BenchException(
            $"{folder} has {Size.Of(free)} free; this month needs {Size.Of(bytes)} and {Size.Of(Reserve)} stay free.\n" +
            "  try   fewer --rows, --format csv.gz or parquet, or --out on another disk");
    }

    static long Compressed(ReadOnlySpan<byte> rows)
    {
        using var memory = new MemoryStream();
        using (var gzip = new GZipStream(memory, CsvOutput.Level, leaveOpen: true)) gzip.Write(rows);
        return memory.Length;
    }
}
