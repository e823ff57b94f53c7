using System.Text;

namespace Quern.Files;

/// <summary>
/// Finds the place in a CSV file that an error message is about: an engine says what is wrong, this says in which line.
/// Reads from the beginning, with the memory of one buffer and one field. Comma, RFC 4180 quotes, LF or CRLF, gzip when
/// the name ends in <c>.gz</c>.
/// </summary>
static class CsvPlaceFinder
{
    /// <summary>Text of a field beyond this is not looked at: 1 MiB.</summary>
    public const int LimitBytes = 1 << 20;

    /// <summary>The first record whose field matches.</summary>
    /// <param name="path">A CSV file.</param>
    /// <param name="column">Index of the column, from 0.</param>
    /// <param name="matches">Looks at the text of the field, quotes removed; records without such a field are passed
    /// over.</param>
    /// <param name="hasHeader">The first record holds names. Default: true.</param>
    /// <param name="name">How messages name the file; default: <paramref name="path"/>.</param>
    /// <param name="cancel">Ends a long search.</param>
    /// <returns>The place; null when no record matches.</returns>
    /// <exception cref="QuernException">QN2001 to QN2012 when the file cannot be read.</exception>
    public static CsvPlace? FindValue(
        string path,
        int column,
        Predicate<string> matches,
        bool hasHeader = true,
        string? name = null,
        CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(matches);
        ArgumentOutOfRangeException.ThrowIfNegative(column);
        using var scan = new CsvScan(FileBytes.OpenContent(path, name), column, LimitBytes);
        var width = 0;
        var records = hasHeader ? -1L : 0L;
        while (scan.Read())
        {
            // A blank line is a record only where a record has one field.
            if (scan.IsBlank && width != 1) continue;
            if (width == 0) width = scan.FieldCount;
            records++;
            if ((records & 0xfff) == 0) cancel.ThrowIfCancellationRequested();
            if (records == 0 || scan.KeptCount == 0 || !matches(scan.Text(0))) continue;
            return new(scan.Line, scan.ByteOffset, records, scan.FieldCount, scan.Text(0), Encoding.UTF8.GetString(scan.Raw(0)));
        }
        return null;
    }
}
