// One file: one thread makes rows while another compresses, hashes and writes the buffer before.
using System.IO.Compression;

namespace Quern.Bench.Months;

/// <summary>Writes a report as CSV, plain or compressed.</summary>
static class CsvOutput
{
    /// <summary>Level of <c>.csv.gz</c>: size is not the point, and the slower levels gain a sixth.</summary>
    public const CompressionLevel Level = CompressionLevel.Fastest;

    /// <summary>Writes the next rows of a report to a file of their own.</summary>
    /// <param name="report">Where to go on.</param>
    /// <param name="path">The file; compressed when it ends in <c>.gz</c>.</param>
    /// <param name="hash">Whether to hash.</param>
    /// <param name="mostRows">Stop after so many.</param>
    public static FinishedFile Write(Report report, string path, bool hash, long mostRows = long.MaxValue)
    {
        using var output = new OutputStream(path, hash);
        var rows = path.EndsWith(".gz", StringComparison.Ordinal)
            ? Compress(report, output, mostRows)
            : Copy(report, output, mostRows);
        return output.Complete(rows);
    }

    static long Compress(Report report, Stream output, long mostRows)
    {
        using var gzip = new GZipStream(output, Level, leaveOpen: true);
        return Copy(report, gzip, mostRows);
    }

    static long Copy(Report report, Stream output, long mostRows)
    {
        var (filling, writing) = (new RowBuffer(), new RowBuffer());
        var pending = Task.CompletedTask;
        filling.Add(report.Header);
        var rows = 0L;
        while (true)
        {
            var added = report.Fill(filling, mostRows - rows);
            rows += added;
            pending.GetAwaiter().GetResult();
            var full = filling;
            pending = Task.Run(() =>
            {
                output.Write(full.Written.Span);
                full.Clear();
            });
            (filling, writing) = (writing, filling);
            if (added == 0 || rows == mostRows) break;
        }
        pending.GetAwaiter().GetResult();
        return rows;
    }
}
