using System.Text;

namespace Quern.Csv.Inference;

/// <summary>The columns of one file.</summary>
/// <param name="Start">Its head.</param>
/// <param name="Names">What its columns are called; empty for a file without a record.</param>
sealed record FileLayout(FileStart Start, IReadOnlyList<string> Names)
{
    /// <summary>Whether the first record holds names. Default: true.</summary>
    public bool HasHeader { get; init; } = true;

    /// <summary>Positions of columns that the file does not name. Default: none.</summary>
    public IReadOnlyList<int> Nameless { get; init; } = [];

    /// <summary>Most bytes that a header may have: 1 MiB.</summary>
    public const int MostHeaderBytes = 1 << 20;

    /// <summary>Reads them.</summary>
    /// <param name="start">The file's head; read again and further when the header is longer.</param>
    /// <param name="dialect">What its cells are told apart by.</param>
    /// <exception cref="QuernException">QN2014: the header is longer than a header may be; QN2015: a quote in it is never
    /// closed; QN2013: a NUL is in it.</exception>
    public static FileLayout Of(FileStart start, CsvDialect dialect)
    {
        var splitter = new RecordSplitter(dialect);
        splitter.Begin(start.Bytes, 0, start.Bytes.Length, start.IsAll);
        splitter.Skip(dialect.LinesAbove);
        if (!splitter.Read())
        {
            if (start.IsAll || splitter.Next == 0) return new(start, []);
            if (start.Bytes.Length < MostHeaderBytes)
                return Of(FileStart.Read(start.File, start.Guess.Encoding, 2 * MostHeaderBytes), dialect);
            var what = FormattableString.Invariant($"the header is longer than {MostHeaderBytes:N0} bytes");
            throw Wrong(start, "QN2014", what, "close a quote that was left open");
        }
        if (splitter.IsOpen) throw Wrong(start, "QN2015", "a quote is never closed", "close it, or double a quote that is data");
        if (!dialect.HasHeader)
        {
            return new(start, ColumnNames.ByPositions(splitter.Count))
            {
                HasHeader = false,
                Nameless = [.. Enumerable.Range(0, splitter.Count)],
            };
        }
        var cells = new string[splitter.Count];
        for (var i = 0; i < cells.Length; i++)
        {
            // No name in SQL has a NUL.
            if (splitter.Text(i).Contains((byte)0)) throw Wrong(start, "QN2013", "the file is not text", "--encoding utf-16     if it is in that");
            cells[i] = Encoding.UTF8.GetString(splitter.Text(i));
        }
        return new(start, ColumnNames.Of(cells))
        {
            Nameless = [.. Enumerable.Range(0, cells.Length).Where(i => string.IsNullOrWhiteSpace(cells[i]))],
        };
    }

    static QuernException Wrong(FileStart start, string code, string what, string tries) =>
        new(new Fault(code, what) { Where = $"{start.File.Name}, header", Try = [tries, "is this CSV?"] });
}
