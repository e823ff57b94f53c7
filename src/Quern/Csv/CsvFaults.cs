using System.Buffers;
using System.Globalization;
using System.Text;
using Quern.Csv.Blocks;
using Quern.Csv.Scanning;

namespace Quern.Csv;

/// <summary>The faults of reading CSV. Lines are counted only when one is made.</summary>
static class CsvFaults
{
    const string Again = "export the file again: it may have been cut short";

    /// <summary>A row has more or fewer cells than the file has columns.</summary>
    public static QuernException Ragged(CsvRead read, CsvFile file, long offset, int cells) =>
        Make("QN3106", "a row has another number of fields than the header", file, offset,
            Cells(cells), $"{Cells(file.Width ?? read.Columns.Count)}{(read.Dialect.HasHeader ? ", as in the header" : "")}",
            ["look for a missing quote or delimiter in the line", Again]);

    /// <summary>The header has another number of cells than was said.</summary>
    public static void CheckHeader(CsvRead read, CsvFile file, FileHead head)
    {
        if (head.Cells is not { } cells || cells == (file.Width ?? read.Columns.Count)) return;
        throw new QuernException(new Fault("QN3002", "the header has another number of fields than expected")
        {
            Where = file.Name,
            Value = Cells(cells),
            Wanted = Cells(file.Width ?? read.Columns.Count),
            Try = ["look at the first line of the file: is the delimiter right?", "name all columns of the file, in their order"],
        });
    }

    /// <summary>The file begins with a byte order mark of an encoding that it is not read in.</summary>
    public static QuernException Utf16(CsvFile file) =>
        new(new Fault("QN2013", "the file is UTF-16")
        {
            Where = file.Name,
            Try = ["--encoding utf-16", $"iconv -f UTF-16 -t UTF-8 {file.Name}"],
        });

    /// <summary>The text for a column that a file does not have is none of its type.</summary>
    public static QuernException Constant(CsvFile file, CsvColumn column, string text, Fault fault) =>
        new(fault with
        {
            Where = $"{file.Name}, whose path says \"{column.Name}\"",
            Value = $"\"{text}\"",
            Try = ["rename the folder", "read the column as VARCHAR"],
        });

    /// <summary>A row, or the head of a file, has more bytes than a reader takes.</summary>
    /// <param name="read">How many bytes.</param>
    /// <param name="file">The file.</param>
    /// <param name="offset">Where the row begins.</param>
    /// <param name="quote">Where the quote stands that is open behind those bytes; null when none is.</param>
    public static QuernException TooLong(CsvRead read, CsvFile file, long offset, long? quote = null) =>
        Make("QN2014", string.Create(CultureInfo.InvariantCulture, $"a record is longer than {read.MaxRowBytes:N0} bytes"),
            file, offset, quote is { } at ? OpensAt(file, at) : null, null,
            read.MaxRowBytes < CsvRead.DefaultMaxRowBytes
                ? ["look for a quote that is not closed", "--memory SIZE     records may be longer from 512MB on"]
                : ["look for a quote that is not closed"]);

    /// <summary>The file ends between quotes.</summary>
    /// <param name="file">The file.</param>
    /// <param name="offset">Where the row begins.</param>
    /// <param name="quote">Where the quote stands.</param>
    public static QuernException Open(CsvFile file, long offset, long quote)
    {
        var isInFirstLine = LineCount.At(file, offset) == LineCount.At(file, quote);
        return Make("QN2015", "a quote is never closed", file, offset, isInFirstLine ? null : OpensAt(file, quote), null,
            ["close it, or double a quote that is data", Again]);
    }

    static string OpensAt(CsvFile file, long quote) =>
        string.Create(CultureInfo.InvariantCulture, $"a quote that opens in line {LineCount.At(file, quote):N0} is not closed");

    /// <summary>A byte stands where it must not.</summary>
    /// <param name="flaw">What is wrong.</param>
    /// <param name="row">Where the row begins.</param>
    /// <param name="at">Where it is wrong.</param>
    /// <param name="source">The file.</param>
    public static QuernException Structure(Flaw flaw, long row, long at, BlockSource source)
    {
        var cell = CellPlace.Find(source.Read, source.File, row, at);
        return flaw switch
        {
            Flaw.AfterQuote => Make("QN3107", "a field goes on after its closing quote", source.File, row,
                cell.Text, null, ["write \"\" for a quote that is data", Again], cell.Column),
            _ => Make("QN3108", "a row has another line end than the first one", source.File, row,
                $"{cell.LineEnd}, after \"{cell.Before}\"", Name(source.LineEnd),
                [$"sed -i 's/\\r$//' {source.File.Name}     makes every line end LF", "put a cell with a line end in quotes"], cell.Column),
        };
    }

    /// <summary>A text is not UTF-8.</summary>
    /// <param name="source">The file.</param>
    /// <param name="row">Where the row begins.</param>
    /// <param name="cell">Where the cell begins.</param>
    /// <param name="column">Its column.</param>
    /// <param name="text">Its bytes.</param>
    public static QuernException NotUtf8(BlockSource source, long row, long cell, int column, ReadOnlySpan<byte> text)
    {
        var bad = text;
        while (Rune.DecodeFromUtf8(bad, out _, out var length) == OperationStatus.Done) bad = bad[length..];
        var line = LineCount.At(source.File, row);
        return new(new Fault("QN2013", "the file is not UTF-8")
        {
            Where = string.Create(CultureInfo.InvariantCulture,
                $"{source.File.Name} line {line:N0} "
                + $"(byte {cell + text.Length - bad.Length:N0}), column {column + 1} \"{source.Read.Columns[column].Name}\""),
            Value = $"\"{Shown(text)}\", byte 0x{bad[0]:X2}",
            Try = [$"iconv -f WINDOWS-1252 -t UTF-8 {source.File.Name}   if it comes from a Windows program"],
        });
    }

    /// <summary>A cell is none of its column's type.</summary>
    public static QuernException Bad(BlockSource source, long row, int column, ReadOnlySpan<byte> text)
    {
        var line = LineCount.At(source.File, row);
        var (name, type) = (source.Read.Columns[column].Name, source.Read.Columns[column].Type);
        return new(new Fault("QN3001", "a value does not fit its column")
        {
            Where = string.Create(CultureInfo.InvariantCulture,
                $"{source.File.Name} line {line:N0} (byte {row:N0}), column {column + 1} \"{name}\""),
            Value = $"\"{Shown(text)}\"",
            Wanted = type.ToString(),
            Try = ["correct the cell", "read the column as VARCHAR"],
        });
    }

    /// <summary>A file has fewer bytes than when it was opened.</summary>
    public static QuernException Shrank(CsvFile file, long now, long then) =>
        new(new Fault("QN2018", "a file changed while it was read")
        {
            Where = file.Name,
            Value = string.Create(CultureInfo.InvariantCulture, $"{then:N0} bytes at first, {now:N0} bytes at the end"),
            Try = ["run again when the inputs are at rest"],
        });

    static QuernException Make(
        string code, string what, CsvFile file, long offset, string? value, string? wanted, string[] tries, int? column = null)
    {
        var place = string.Create(CultureInfo.InvariantCulture, $"{file.Name} line {LineCount.At(file, offset):N0} (byte {offset:N0})");
        return new(new Fault(code, what)
        {
            Where = column is null ? place : string.Create(CultureInfo.InvariantCulture, $"{place}, column {column + 1}"),
            Value = value,
            Wanted = wanted,
            Try = tries,
        });
    }

    static string Cells(int count) => string.Create(CultureInfo.InvariantCulture, $"{count} field{(count == 1 ? "" : "s")}");

    static string Name(LineEnd end) => end switch
    {
        LineEnd.Lf => "LF, as in the first line",
        LineEnd.CrLf => "CRLF, as in the first line",
        _ => "CR, as in the first line",
    };

    static string Shown(ReadOnlySpan<byte> text)
    {
        const int most = 100;
        return text.Length <= most ? Encoding.UTF8.GetString(text) : Encoding.UTF8.GetString(text[..most]) + "...";
    }
}
