namespace Quern.Csv;

/// <summary>How the cells and rows of a CSV file are told apart.</summary>
/// <remarks>Line ends are not part of it: each file has those of its first record, LF, CRLF or CR, and a row with others is
/// an error. A UTF-8 byte order mark is passed over; so are blank lines.</remarks>
sealed record CsvDialect
{
    /// <summary>The byte between cells. Default: a comma.</summary>
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

    /// <summary>A line that begins with this byte outside quotes is passed over. Default: null, none.</summary>
    public byte? Comment { get; init; }

    /// <summary>How bytes stand for characters. Default: UTF-8.</summary>
    public CsvEncoding Encoding { get; init; }
}
