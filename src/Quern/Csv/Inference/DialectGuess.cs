using System.Globalization;
using System.Text;

namespace Quern.Csv.Inference;

/// <summary>What a file's cells and rows are told apart by, found out from the heads of files.</summary>
/// <remarks>Every delimiter is tried with every way to quote. The one counts under which the most records have the same number of
/// cells, two at least; of equals that whose cells are the most often numbers, days and the like, then the one with more cells.</remarks>
static class DialectGuess
{
    const int MostFiles = 4;
    const int MostBytes = 1 << 15;
    const int MostRecords = 500;

    /// <summary>Of records, the part that must agree for a delimiter to count.</summary>
    const double LeastAgreement = 0.8;

    /// <summary>What is said of files that read well without quotes only because one is open.</summary>
    public const string OpenQuote = "no quotes: a double quote in front of a cell is never closed";

    /// <summary>In the order in which equals count.</summary>
    public static readonly byte[] Delimiters = [(byte)',', (byte)'\t', (byte)';', (byte)'|', 0x01, 0x1F, (byte)'^', (byte)'~'];

    /// <summary>The dialect of files, and how it was found, a sentence each.</summary>
    /// <param name="starts">Their heads; those without a record do not count.</param>
    /// <param name="hints">What the user says.</param>
    public static (CsvDialect Dialect, IReadOnlyList<string> Evidence) Of(IReadOnlyList<FileStart> starts, CsvHints hints)
    {
        var looked = starts.Where(start => start.Bytes.Length > 0).Take(MostFiles).ToList();
        var basis = new CsvDialect();
        var hasMarks = hints.Comment is null && looked.Any(HasMarkedLines);
        if (hasMarks) basis = basis with { Comment = (byte)'#' };
        var candidates = Candidates(hints, basis, looked).ToList();
        var best = candidates.MaxBy(c => c.Score);
        var evidence = new List<string>();
        if (best is null) return (hints.Over(basis), evidence);
        var dialect = best.Dialect;
        evidence.Add(best.Sentence(hints));
        if (dialect.Quote is null && !hints.NoQuote && Open(dialect with { Quote = (byte)'"', Escape = (byte)'"' }, looked) is { } place)
            evidence.Add($"{OpenQuote}: {place}");
        if (hasMarks) dialect = MarkedHeader(dialect, looked[0], best.Width, evidence);
        if (hints.LinesAbove is null && dialect.LinesAbove == 0 && best.Score.Separates)
            dialect = Above(dialect, looked[0], best.Width, evidence);
        dialect = hints.Over(dialect);
        if (hints.HasHeader is { } said)
            return (dialect with { HasHeader = said }, [.. evidence, said ? "header: said by you" : "no header: said by you"]);
        var (hasHeader, because) = HeaderGuess.Of(looked, dialect);
        return (dialect with { HasHeader = hasHeader }, [.. evidence, because]);
    }

    static IEnumerable<Candidate> Candidates(CsvHints hints, CsvDialect basis, List<FileStart> starts)
    {
        var delimiters = hints.Delimiter is { } said ? [said] : Delimiters.Where(d => starts.Any(s => Head(s).Contains(d))).ToArray();
        if (delimiters.Length == 0) delimiters = [(byte)','];
        foreach (var delimiter in delimiters)
        {
            foreach (var (quote, escape) in Quotes(starts, hints))
                yield return Candidate.Of(hints.Over(basis with { Delimiter = delimiter, Quote = quote, Escape = escape }), starts);
        }
    }

    static IEnumerable<(byte? Quote, byte Escape)> Quotes(List<FileStart> starts, CsvHints hints)
    {
        yield return ((byte)'"', (byte)'"');
        if (hints.Quote is not null || hints.NoQuote) yield break;
        var hasDouble = starts.Any(start => Head(start).Contains((byte)'"'));
        if (hasDouble && starts.Any(start => Head(start).IndexOf("\\\""u8) >= 0)) yield return ((byte)'"', (byte)'\\');
        if (starts.Any(start => Head(start).Contains((byte)'\''))) yield return ((byte)'\'', (byte)'\'');
        if (hasDouble) yield return (null, (byte)'"');
    }

    /// <summary>File and line of the first quote that is open at the end of a head; null when none is.</summary>
    static string? Open(CsvDialect dialect, List<FileStart> starts)
    {
        foreach (var start in starts)
        {
            var splitter = new RecordSplitter(dialect);
            splitter.Begin(start.Bytes, 0, Head(start).Length, isAll: true);
            splitter.Skip(dialect.LinesAbove);
            while (splitter.Read() && !splitter.IsOpen)
            {
            }
            if (splitter.OpenAt < 0) continue;
            var line = 1 + LineCount.Ends(start.Bytes.AsSpan(0, splitter.OpenAt));
            return string.Create(CultureInfo.InvariantCulture, $"{start.File.Name}:{line}");
        }
        return null;
    }

    static ReadOnlySpan<byte> Head(FileStart start) => start.Bytes.AsSpan(0, Math.Min(MostBytes, start.Bytes.Length));

    static bool HasMarkedLines(FileStart start)
    {
        var head = Head(start);
        return head.StartsWith((byte)'#') || head.IndexOf("\n#"u8) >= 0;
    }

    /// <summary>Lines that begin with # are comments, but for one right above the rows that has as many cells as they: it is the
    /// header.</summary>
    static CsvDialect MarkedHeader(CsvDialect dialect, FileStart start, int width, List<string> evidence)
    {
        var bare = new RecordSplitter(dialect with { Comment = null });
        bare.Begin(start.Bytes, 0, start.Bytes.Length, start.IsAll);
        var (lines, isMarked, last) = (0, false, 0);
        while (bare.Read() && start.Bytes[bare.Start] == '#')
        {
            lines++;
            isMarked = bare.Count == width && width > 1;
            last = bare.Next;
        }
        var later = start.Bytes.AsSpan(last).IndexOf("\n#"u8) >= 0;
        if (!isMarked || later)
        {
            evidence.Add("comment #: lines that begin with it have other cells than the rows");
            return dialect;
        }
        if (lines > 1)
            evidence.Add(FormattableString.Invariant($"skip {lines - 1}: lines with # above the header, which begins with # itself"));
        return dialect with { Comment = null, LinesAbove = lines - 1 };
    }

    /// <summary>Titles above the rows: lines of one cell.</summary>
    static CsvDialect Above(CsvDialect dialect, FileStart start, int width, List<string> evidence)
    {
        var splitter = new RecordSplitter(dialect);
        splitter.Begin(start.Bytes, 0, start.Bytes.Length, start.IsAll);
        var (titles, first) = (0, "");
        while (splitter.Read() && splitter.Count == 1)
        {
            if (titles++ == 0) first = Witness.Kept(splitter.Text(0));
        }
        if (titles == 0 || splitter.Count != width) return dialect;
        var lines = start.Bytes.AsSpan(0, splitter.Start).Count((byte)'\n');
        if (lines == 0) return dialect;
        evidence.Add(FormattableString.Invariant($"skip {lines}: lines without a delimiter above the header, such as \"{first}\""));
        return dialect with { LinesAbove = lines };
    }

    /// <summary>A dialect, and what the records are like under it.</summary>
    sealed record Candidate(CsvDialect Dialect, int Width, int Records, int Agreeing, double Known, int Quoted)
    {
        /// <summary>What counts, in this order.</summary>
        public (bool Separates, double Agreement, double Known, int Width, int Quotes) Score =>
            (Width > 1 && Agreement >= LeastAgreement, Math.Round(Agreement, 3), Math.Round(Known, 3), Width, QuoteRank);

        double Agreement => Records == 0 ? 0 : (double)Agreeing / Records;

        int QuoteRank => Dialect.Quote switch
        {
            (byte)'"' => Dialect.Escape == '"' ? 3 : 2,
            // An apostrophe is a quote where it is one again and again.
            (byte)'\'' => Quoted > 1 ? 4 : 0,
            _ => 1,
        };

        public static Candidate Of(CsvDialect dialect, List<FileStart> starts)
        {
            var (width, records, agreeing, quoted) = (0, 0, 0, 0);
            foreach (var start in starts)
            {
                var widths = new List<int>();
                foreach (var record in Look(dialect, start))
                {
                    widths.Add(record.HasFlaw || record.IsOpen ? 0 : record.Count);
                    quoted += record.Quoted;
                }
                // Titles above the rows do not speak against them.
                var titles = widths.TakeWhile(w => w == 1).Count();
                if (titles < widths.Count - 1) widths.RemoveRange(0, titles);
                if (widths.Count == 0) continue;
                var usual = widths.GroupBy(w => w).MaxBy(group => (group.Count(), group.Key))!;
                records += widths.Count;
                agreeing += usual.Key == 0 ? 0 : usual.Count();
                width = Math.Max(width, usual.Key);
            }
            return new(dialect, width, records, agreeing, Recognised(dialect, starts), quoted);
        }

        public string Sentence(CsvHints hints)
        {
            var text = new StringBuilder($"delimiter {CsvByte.Shown(Dialect.Delimiter)}: ");
            if (hints.Delimiter is not null) text.Append("said by you; ");
            text.Append(CultureInfo.InvariantCulture, $"{Agreeing:N0} of {Records:N0} records looked at have ");
            text.Append(CultureInfo.InvariantCulture, $"{Width:N0} cell{(Width == 1 ? "" : "s")}");
            if (Dialect.Quote is not { } quote) text.Append("; no quotes");
            else if (Quoted > 0) text.Append(CultureInfo.InvariantCulture, $"; {Quoted:N0} in {CsvByte.Shown(quote)}");
            return text.ToString();
        }

        static double Recognised(CsvDialect dialect, List<FileStart> starts)
        {
            var (cells, known) = (0, 0);
            foreach (var record in starts.SelectMany(start => Look(dialect, start)))
            {
                cells += record.Count;
                for (var i = 0; i < record.Count; i++)
                    if (CellReading.Of(record.Text(i)).Shape < CellShape.Json) known++;
            }
            return cells == 0 ? 0 : (double)known / cells;
        }

        static IEnumerable<RecordSplitter> Look(CsvDialect dialect, FileStart start)
        {
            var splitter = new RecordSplitter(dialect);
            var length = Math.Min(MostBytes, start.Bytes.Length);
            splitter.Begin(start.Bytes, 0, length, start.IsAll && length == start.Bytes.Length);
            splitter.Skip(dialect.LinesAbove);
            for (var i = 0; i < MostRecords && splitter.Read(); i++) yield return splitter;
        }
    }
}
