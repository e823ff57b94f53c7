using System.Text;
using System.Text.Unicode;
using Quern.Chunks;
using Quern.Csv;

namespace Quern.Fuzz.Csv;

/// <summary>What reading the files of a plan is to come to, by <see cref="PlainReader"/> and <see cref="Casts"/>.</summary>
/// <param name="plan">The plan.</param>
/// <param name="casts">What texts stand for.</param>
/// <param name="maxRowBytes">The longest row.</param>
/// <param name="behaviour">Told which kinds of texts stood for values, and which did not.</param>
sealed class Expectation(CsvPlan plan, Casts casts, int maxRowBytes, Behaviour behaviour)
{
    /// <summary>Letters of a text that make its kind.</summary>
    const int MostLetters = 24;

    /// <summary>Rows that are handed on, in order.</summary>
    public List<string> Rows { get; } = [];

    /// <summary>Rows that are set aside: file, first byte, line, code, raw bytes as Latin-1.</summary>
    public List<string> Rejects { get; } = [];

    /// <summary>Code of the fault that ends it, and the beginning of its place; null for none.</summary>
    public (string Code, string Where)? Fault { get; private set; }

    /// <summary>A cell has a value that only the reader knows: rows and rejects do not count.</summary>
    public bool IsUnsure { get; private set; }

    /// <summary>Rows that say again what they were set aside for, when they are read alone.</summary>
    public List<(string Code, byte[] Raw, CsvFile File, string LineEnd)> Repeated { get; } = [];

    /// <summary>Works it out.</summary>
    /// <param name="utf8">The file.</param>
    /// <param name="setsAside">Rows are set aside.</param>
    /// <param name="names">Names of the files.</param>
    public Expectation For(byte[] utf8, bool setsAside, IReadOnlyList<string> names)
    {
        for (var i = 0; i < plan.Files.Count && Fault is null; i++) Read(plan.Files[i], names[i], utf8, setsAside);
        return this;
    }

    void Read(CsvFile file, string name, byte[] utf8, bool setsAside)
    {
        if (utf8 is [0xFF, 0xFE, ..] or [0xFE, 0xFF, ..])
        {
            Fault = ("QN2013", name);
            return;
        }
        // A constant that is no value ends the read, in words of its own, as soon as there is a row.
        for (var i = 0; i < plan.Columns.Count; i++)
            if (file.Positions?[i] < 0 && file.Constants?[i] is { } text && Cell(plan.Columns[i], Encoding.UTF8.GetBytes(text)).Code is not null) IsUnsure = true;
        var reader = new PlainReader(utf8, plan.Dialect);
        var rows = reader.Rows();
        var width = file.Width ?? plan.Columns.Count;
        if (reader.HeaderCells is { } cells && cells != width)
        {
            Fault = ("QN3002", name);
            return;
        }
        foreach (var row in rows)
        {
            var code = Structure(row, setsAside);
            var isLong = code == "QN2014";
            string? line = null;
            if (code is null && !row.IsComment && !(row.Start == row.End && !HasBlankRows(file, width)))
                (line, code) = Cells(reader, row, file, width, utf8);
            if (code is null)
            {
                if (line is not null) Rows.Add(line);
                continue;
            }
            var number = PlainReader.Line(utf8, row.Start);
            if (!setsAside || isLong)
            {
                Fault = (code, FormattableString.Invariant($"{name} line {number:N0} (byte "));
                return;
            }
            var raw = utf8[row.Start..row.End];
            Rejects.Add(FormattableString.Invariant($"{name} {row.Start} {number} {code} {Encoding.Latin1.GetString(raw)}"));
            // Of a row that a line feed alone ends, where others have two bytes, the bytes in front of it are as others are.
            var isEnd = row.FlawAt == row.End && code == "QN3108";
            var joins = reader.LineEnd == "\r" && raw is [(byte)'\n', ..];
            // Without others behind it, what is wrong in front of an open quote is told first.
            if (!isEnd && !joins) Repeated.Add((row.Flaw ?? code, raw, file, reader.LineEnd));
        }
    }

    string? Structure(PlainRow row, bool setsAside)
    {
        var isLong = row.End - row.Start > maxRowBytes;
        if (setsAside) return isLong ? "QN2014" : row.IsOpen ? "QN2015" : row.Flaw;
        // Of a row that is too long nothing is said of what stands behind its first bytes.
        if (row.Flaw is not null) return row.FlawAt - row.Start > maxRowBytes ? "QN2014" : row.Flaw;
        return isLong ? "QN2014" : row.IsOpen ? "QN2015" : null;
    }

    (string? Line, string? Code) Cells(PlainReader reader, PlainRow row, CsvFile file, int width, byte[] utf8)
    {
        if (row.Cells.Count < width) return (null, "QN3106");
        foreach (var (start, end) in row.Cells.Skip(width))
        {
            var isEmpty = end == start || (end == start + 2 && utf8[start] == plan.Dialect.Quote && utf8[start + 1] == plan.Dialect.Quote);
            if (!isEmpty) return (null, "QN3106");
        }
        var line = new StringBuilder();
        for (var i = 0; i < plan.Columns.Count; i++)
        {
            var position = file.Positions?[i] ?? i;
            var text = position >= 0 ? reader.Text(row.Cells[position])
                : file.Constants?[i] is { } constant ? Encoding.UTF8.GetBytes(constant) : null;
            var (value, code) = text is null ? (CsvOutcome.Null, null) : Cell(plan.Columns[i], text);
            if (code is not null) return (null, code);
            line.Append('|').Append(value);
        }
        return (line.ToString(), null);
    }

    (string? Value, string? Code) Cell(CsvColumn column, byte[] bytes)
    {
        if (!Utf8.IsValid(bytes)) return (null, "QN2013");
        var text = Encoding.UTF8.GetString(bytes);
        var nulls = column.Nulls ?? plan.Nulls;
        if (nulls.Contains(text) || (text.Length == 0 && column.Empty == OnEmpty.Null)) return (CsvOutcome.Null, null);
        if (column.Type.Kind == TypeKind.Varchar && column.Type.Alias is null) return (text, null);
        var value = text.Length == 0 ? null : casts.Value(column, text);
        if (value == Casts.Unsure) IsUnsure = true;
        behaviour.Add(value is null ? "bad" : "value", $"{column.Type} {column.Format}", Kind(text));
        if (value is not null) return (column.Type.Alias is null ? value : text, null);
        return column.Bad switch
        {
            OnBad.Null => (CsvOutcome.Null, null),
            OnBad.Zero => (casts.Value(column, "0"), null),
            _ => (null, "QN3001"),
        };
    }

    /// <summary>A text with 0 for some digits, a for some letters.</summary>
    static string Kind(string text)
    {
        var kind = new StringBuilder();
        foreach (var c in text)
        {
            var letter = char.IsAsciiDigit(c) ? '0' : char.IsAsciiLetter(c) ? 'a' : c > 0x7F ? 'é' : c;
            if (kind.Length == 0 || kind[^1] != letter) kind.Append(letter);
            if (kind.Length == MostLetters) break;
        }
        return kind.ToString();
    }

    bool HasBlankRows(CsvFile file, int width)
    {
        if (width != 1) return false;
        for (var i = 0; i < plan.Columns.Count; i++)
        {
            var column = plan.Columns[i];
            if ((file.Positions?[i] ?? i) == 0) return column.Empty == OnEmpty.Null || (column.Nulls ?? plan.Nulls).Contains("");
        }
        return false;
    }
}
