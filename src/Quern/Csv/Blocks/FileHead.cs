using Quern.Csv.Scanning;

namespace Quern.Csv.Blocks;

/// <summary>The beginning of a file: byte order mark, lines above, header, and how lines end.</summary>
/// <param name="Bytes">Bytes to pass over.</param>
/// <param name="LineEnd">How the lines end from there on.</param>
/// <param name="Cells">Cells of the header; null without one.</param>
readonly record struct FileHead(int Bytes, LineEnd LineEnd, int? Cells)
{
    /// <summary>Looks for the head in the first bytes of a file.</summary>
    /// <param name="bytes">From the first one on.</param>
    /// <param name="isAll">No more follow.</param>
    /// <param name="dialect">What to look for.</param>
    /// <returns>Null when more bytes are needed.</returns>
    public static FileHead? Find(ReadOnlySpan<byte> bytes, bool isAll, CsvDialect dialect)
    {
        var at = bytes.StartsWith((ReadOnlySpan<byte>)[0xEF, 0xBB, 0xBF]) ? 3 : 0;
        if (bytes.Length < 3 && !isAll) return null;
        for (var line = 0; line < dialect.LinesAbove; line++)
        {
            if (Line(bytes, at, isAll) is not { } next) return null;
            at = next;
        }
        // Blank lines and comments above the header, and in front of the first row, have line ends, too. Without a header they are
        // left to who reads rows.
        var start = at;
        LineEnd? known = null;
        while (at < bytes.Length)
        {
            if (bytes[at] is (byte)'\n' or (byte)'\r')
            {
                if (known is null && bytes[at] == '\r' && at + 1 == bytes.Length && !isAll) return null;
                known ??= Kind(bytes, at);
                at++;
            }
            else if (bytes[at] == dialect.Comment)
            {
                if (Line(bytes, at, isAll) is not { } next) return null;
                known ??= KindOf(bytes[at..next]);
                at = next;
            }
            else
            {
                break;
            }
        }
        if (at == bytes.Length && !isAll) return null;
        return Header(bytes, at, isAll, dialect, known) is { } head ? dialect.HasHeader ? head : head with { Bytes = start } : null;
    }

    /// <summary>The file begins with a byte order mark of UTF-16.</summary>
    public static bool IsUtf16(ReadOnlySpan<byte> bytes) => bytes is [0xFF, 0xFE, ..] or [0xFE, 0xFF, ..];

    /// <summary>How a line ends; null when it has no end.</summary>
    static LineEnd? KindOf(ReadOnlySpan<byte> line) => line switch
    {
        [.., (byte)'\r', (byte)'\n'] => Scanning.LineEnd.CrLf,
        [.., (byte)'\n'] => Scanning.LineEnd.Lf,
        [.., (byte)'\r'] => Scanning.LineEnd.Cr,
        _ => null,
    };

    static FileHead? Header(ReadOnlySpan<byte> bytes, int start, bool isAll, CsvDialect dialect, LineEnd? known)
    {
        if (Record(bytes, start, dialect, out var cells) is not { } end)
        {
            if (!isAll) return null;
            return new(dialect.HasHeader ? bytes.Length : start, known ?? LineEnd.Lf, HeaderCells(cells, start, bytes, dialect));
        }
        // What follows a carriage return says what it is.
        if (bytes[end] == '\r' && end + 1 == bytes.Length && !isAll) return null;
        var kind = known ?? Kind(bytes, end);
        if (!dialect.HasHeader) return new(start, kind, null);
        return new(end + (kind == LineEnd.CrLf ? 2 : 1), kind, cells);
    }

    static int? HeaderCells(int cells, int start, ReadOnlySpan<byte> bytes, CsvDialect dialect) =>
        dialect.HasHeader && start < bytes.Length ? cells : null;

    /// <summary>Where the record's line end begins; null when it has none.</summary>
    static int? Record(ReadOnlySpan<byte> bytes, int start, CsvDialect dialect, out int cells)
    {
        cells = 1;
        var (state, quote) = (CellState.Start, dialect.Quote);
        for (var i = start; i < bytes.Length; i++)
        {
            var b = bytes[i];
            if (state == CellState.Quoted)
            {
                if (b == dialect.Escape && b != quote) i++;
                else if (b == quote) state = CellState.Closed;
            }
            else if (b == quote && (state is CellState.Start or CellState.Blank || (state == CellState.Closed && dialect.Escape == quote)))
            {
                state = CellState.Quoted;
            }
            else if (b is (byte)'\n' or (byte)'\r')
            {
                return i;
            }
            else if (b == dialect.Delimiter)
            {
                cells++;
                state = CellState.Start;
            }
            else
            {
                state = b == ' ' && state == CellState.Start ? CellState.Blank : CellState.Plain;
            }
        }
        return null;
    }

    static LineEnd Kind(ReadOnlySpan<byte> bytes, int end) =>
        bytes[end] == '\n' ? LineEnd.Lf
        : end + 1 < bytes.Length && bytes[end + 1] == '\n' ? LineEnd.CrLf
        : LineEnd.Cr;

    /// <summary>Behind the next line end; null when more bytes are needed.</summary>
    static int? Line(ReadOnlySpan<byte> bytes, int at, bool isAll)
    {
        var length = bytes[at..].IndexOfAny((byte)'\n', (byte)'\r');
        if (length < 0) return isAll ? bytes.Length : null;
        var end = at + length;
        if (bytes[end] == '\n') return end + 1;
        if (end + 1 == bytes.Length) return isAll ? end + 1 : null;
        return bytes[end + 1] == '\n' ? end + 2 : end + 1;
    }
}
