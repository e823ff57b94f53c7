using Quern.Files;

namespace Quern.Csv.Inference;

/// <summary>Looks at rows from the head, the middle and the tail of a file; of one that is compressed, or no UTF-8, at its head only.
/// A file that is no longer than the sample is looked at whole.</summary>
/// <remarks>Where a part begins nobody knows whether it is between quotes. Both is tried: the rows that have the width of the file
/// say which. A part where neither holds is not looked at.</remarks>
/// <param name="dialect">What cells are told apart by.</param>
/// <param name="partBytes">Bytes of each of the three parts.</param>
sealed class SampleScan(CsvDialect dialect, int partBytes)
{
    const int Parts = 3;

    /// <summary>Of the rows of a part, how many must have the width of the file.</summary>
    const double LeastAgreement = 0.98;

    /// <summary>Rows behind a quote that say it is not meant to be open.</summary>
    const int LeastRows = 20;

    /// <summary>Looks at a file.</summary>
    /// <param name="layout">The file.</param>
    /// <param name="index">Its position among the files.</param>
    /// <param name="positions">For each of its columns, the column of the sink.</param>
    /// <param name="sink">Takes the cells.</param>
    public ScanCount Look(FileLayout layout, int index, int[] positions, FactSink sink)
    {
        // A head that is kept is all that can be read.
        if (layout.Start.Bytes.Length > 0) return Head(layout.Start, layout.Start.Bytes.Length, index, positions, sink);
        var start = FileStart.Read(layout.Start.File, layout.Start.Guess.Encoding, Parts * partBytes);
        if (start.IsAll || !start.Plain) return Head(start, start.Bytes.Length, index, positions, sink);
        using var file = FileBytes.Open(start.File.Path, start.File.Name);
        var length = file.Length;
        var count = Head(start, partBytes, index, positions, sink) with { IsAll = false };
        count += Part(file, (length - partBytes) / 2, index, positions, sink);
        return count + Part(file, length - partBytes, index, positions, sink);
    }

    /// <summary>Looks at the first bytes of a file.</summary>
    public ScanCount Head(FileStart start, int bytes, int index, int[] positions, FactSink sink)
    {
        var splitter = new RecordSplitter(dialect);
        splitter.Begin(start.Bytes, 0, Math.Min(bytes, start.Bytes.Length), start.IsAll && bytes >= start.Bytes.Length);
        splitter.Skip(dialect.LinesAbove);
        if (dialect.HasHeader) splitter.Read();
        var count = Rows(splitter, start.Offset, index, positions, sink);
        if (splitter.OpenAt >= 0 && IsNeverClosed(start, bytes, splitter.OpenAt, positions.Length))
        {
            sink.Damage.AddOpen(Witness.PlaceOf(index, start.Offset + splitter.OpenAt));
            count = count with { IsOpen = true };
        }
        return count with { Bytes = bytes, IsAll = start.IsAll };
    }

    /// <summary>The bytes end between quotes, and the lines behind the quote are rows of the file: it was not meant to open a cell.</summary>
    bool IsNeverClosed(FileStart start, int bytes, int quote, int width)
    {
        // A file that is looked at whole has had its open row counted.
        if (start.IsAll && bytes >= start.Bytes.Length) return false;
        var lines = new RecordSplitter(dialect);
        lines.Begin(start.Bytes, quote, Math.Min(bytes, start.Bytes.Length), isAll: false);
        lines.Skip(1);
        var (records, agreeing) = Agreeing(lines, width);
        return records >= LeastRows && agreeing >= records * LeastAgreement;
    }

    ScanCount Part(FileStream file, long offset, int index, int[] positions, FactSink sink)
    {
        // One byte in front stands for a quote that may be open.
        var bytes = new byte[partBytes + 1];
        var length = 1;
        while (length < bytes.Length
            && RandomAccess.Read(file.SafeFileHandle, bytes.AsSpan(length), offset + length - 1) is > 0 and var count)
        {
            length += count;
        }

        var isLast = offset + length - 1 >= file.Length;
        var outside = Begin(bytes, length, isLast, 1);
        var best = (Agreement: Agreement(outside, positions.Length), Splitter: outside, IsOutside: true);
        if (dialect.Quote is { } quote && bytes.AsSpan(1, length - 1).Contains(quote))
        {
            bytes[0] = quote;
            var inside = Begin(bytes, length, isLast, 0);
            var agreement = Agreement(inside, positions.Length);
            if (agreement > best.Agreement) best = (agreement, inside, false);
        }
        if (best.Agreement < LeastAgreement) return ScanCount.None;
        var splitter = Begin(bytes, length, isLast, best.IsOutside ? 1 : 0);
        return Rows(splitter, offset - 1, index, positions, sink) with { Bytes = length - 1, IsAll = false };
    }

    /// <summary>A splitter behind the row that the part begins in.</summary>
    RecordSplitter Begin(byte[] bytes, int length, bool isLast, int start)
    {
        var splitter = new RecordSplitter(dialect);
        splitter.Begin(bytes, start, length, isLast);
        splitter.Read();
        return splitter;
    }

    static double Agreement(RecordSplitter splitter, int width) =>
        Agreeing(splitter, width) is ( > 0 and var records, var agreeing) ? (double)agreeing / records : 0;

    static (int Records, int Agreeing) Agreeing(RecordSplitter splitter, int width)
    {
        var (records, agreeing) = (0, 0);
        while (splitter.Read())
        {
            records++;
            if (splitter.Count == width && !splitter.HasFlaw) agreeing++;
        }
        return (records, agreeing);
    }

    /// <summary>As readers see it: empty cells behind the last column do not count.</summary>
    static bool HasWidth(RecordSplitter splitter, int width)
    {
        for (var cell = width; cell < splitter.Count; cell++)
            if (!splitter.Text(cell).IsEmpty) return false;
        return splitter.Count >= width;
    }

    static ScanCount Rows(RecordSplitter splitter, long offset, int index, int[] positions, FactSink sink)
    {
        var (rows, ragged, isOpen) = (0L, 0L, false);
        while (splitter.Read())
        {
            var place = Witness.PlaceOf(index, offset + splitter.Start);
            if (splitter.HasFlaw || splitter.IsOpen || !HasWidth(splitter, positions.Length))
            {
                ragged++;
                isOpen |= splitter.IsOpen;
                if (splitter.IsOpen) sink.Damage.AddOpen(Witness.PlaceOf(index, offset + splitter.OpenAt));
                else if (splitter.HasFlaw) sink.Damage.AddFlaw(place);
                else sink.Damage.AddRagged(place, splitter.Count, positions.Length);
                continue;
            }
            rows++;
            for (var i = 0; i < positions.Length; i++) sink.Add(positions[i], splitter.Text(i), place);
        }
        return new(rows, ragged, 0, true) { IsOpen = isOpen };
    }
}
