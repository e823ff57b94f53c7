namespace Quern.Csv;

/// <summary>How the cells and rows of a CSV file are told apart.</summary>
/// <remarks>
/// <para>Line ends are not part of it: each file has those of its first line, LF, CRLF or CR, and a row with others is
/// an error. A UTF-8 byte order mark is passed over.</para>
/// <para>A blank line is no row. Where rows have one column whose empty cells are NULL it is one, of a NULL: that is how DuckDB and
/// others write and read it. Above a header, and in <see cref="LinesAbove"/>, it never is.</para>
/// </remarks>
sealed record CsvDialect
{
    /// <summary>The byte between cells, any but those of line ends; above 0x7F it must not be a part of characters. Default: a
    /// comma.</summary>
    public byte Delimiter { get; init; } = (byte)',';

    /// <summary>The byte around cells that hold delimiters, line ends or quotes; null when none has a meaning. Default: the
    /// double quote.</summary>
    public byte? Quote { get; init; } = (byte)'"';

    /// <summary>The byte before a quote that is data, inside quotes. Default: the double quote.</summary>
    public byte Escape { get; init; } = (byte)'"';

    /// <summary>The first record holds names. Default: true.</summary>
    public bool HasHeader { get; init; } = true;

    /// <summary>Physical lines to pass over at the beginning of a file, before its header. Default: 0.</summary>
    public int LinesAbove { get; init; }

    /// <summary>A line that begins with this byte outside quotes is passed over, whatever is in it. Behind the first byte of a line it
    /// has no meaning (DuckDB ends the row there). Default: null, none.</summary>
    public byte? Comment { get; init; }

    /// <summary>How bytes stand for characters. Default: UTF-8.</summary>
    public CsvEncoding Encoding { get; init; }

    /// <summary>Each file has an encoding of its own, found out from its head, in place of <see cref="Encoding"/>; who reads says it
    /// with <see cref="CsvFile.Encoding"/>. Default: false.</summary>
    public bool EncodingByFile { get; init; }

    /// <summary>Finds out whether its bytes can be told apart.</summary>
    /// <exception cref="QuernException">QN3006 (exit code 2): they cannot.</exception>
    public void Check()
    {
        const string other = "another byte than the delimiter and line ends";
        if (Encoding != CsvEncoding.Utf8 && Delimiter > 0x7F)
            throw Wrong("delimiter", Delimiter, "an ASCII byte, as the file is read as UTF-8");
        if (Delimiter is (byte)'\n' or (byte)'\r') throw Wrong("delimiter", Delimiter, "no byte of a line end");
        // Blanks around quotes are passed over.
        if (Quote is (byte)' ') throw Wrong("quote", Quote.Value, "another byte than a blank");
        if (Quote is (byte)'\n' or (byte)'\r' || Quote == Delimiter) throw Wrong("quote", Quote.Value, other);
        if (Quote is not null && (Escape is (byte)'\n' or (byte)'\r' || Escape == Delimiter))
            throw Wrong("escape", Escape, other);
        if (Comment is { } comment && (comment is (byte)'\n' or (byte)'\r' || comment == Delimiter || comment == Quote))
            throw Wrong("comment", comment, "another byte than the delimiter, the quote and line ends");
    }

    static QuernException Wrong(string what, byte value, string wanted) =>
        new(new Fault("QN3006", "the bytes that cells and rows are told apart by contradict each other")
        {
            Where = what,
            Value = value is > 0x20 and < 0x7F ? $"{(char)value}" : FormattableString.Invariant($"\\x{value:X2}"),
            Wanted = wanted,
            Try = ["quern schema infer FILE     finds out what the bytes are"],
            ExitCode = ExitCode.Usage,
        });
}
