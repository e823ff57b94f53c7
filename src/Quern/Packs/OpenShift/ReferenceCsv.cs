using System.Globalization;
using System.Text;
using Quern.Chunks;
using Quern.Csv;
using Quern.Csv.Records;

namespace Quern.Packs.OpenShift;

/// <summary>Reads a reference table from CSV: a few columns by name, in any order.</summary>
static class ReferenceCsv
{
    /// <summary>The values of the columns, row by row, each row with its place.</summary>
    /// <exception cref="QuernException">Exit code 2: QN1126 a column is missing or comes twice, or there is no header; QN20xx the file
    /// cannot be read; QN3106 to QN3108 a row is damaged.</exception>
    public static IEnumerable<(string[] Values, string Where)> Read(string path, string name, string[] columns)
    {
        var (header, cells, lines) = Usage(() => Cells(path, name));
        if (header.Columns.Count == 0) throw Bad("the file has no header", name);
        var at = Array.ConvertAll(columns, c => header.Columns.ToList().IndexOf(c));
        var where = Place(name, header.Line);
        if (Array.IndexOf(at, -1) is >= 0 and var missing) throw Bad($"the column {columns[missing]} is missing", where);
        if (Array.Find(columns, c => header.Columns.Count(f => f == c) > 1) is { } twice) throw Bad($"the column {twice} comes twice", where);
        for (var row = 0; row < lines.Count; row++) yield return ([.. at.Select(i => cells[i][row])], Place(name, lines[row]));

        QuernException Bad(string what, string where) => new(new Fault("QN1126", what)
        {
            Where = where,
            Wanted = $"columns {string.Join(", ", columns)}",
            Try = [$"{string.Join(',', columns)}     as the first line"],
            ExitCode = ExitCode.Usage,
        });
    }

    /// <summary>The header, the texts of each column, and the line of each row.</summary>
    static (CsvHeader Header, List<string>[] Cells, List<long> Lines) Cells(string path, string name)
    {
        var header = CsvHeader.Read(path, name);
        var cells = header.Columns.Select(_ => new List<string>()).ToArray();
        var lines = new List<long>();
        if (cells.Length == 0) return (header, cells, lines);
        var file = new CsvFile(path, name);
        var read = new CsvRead
        {
            Files = [file],
            Columns = [.. cells.Select((_, i) => new CsvColumn(string.Create(CultureInfo.InvariantCulture, $"column {i + 1}"), TypeKind.Varchar))],
        };
        using var count = new LineCount(file);
        CsvCells.Look(read, [.. Enumerable.Range(0, cells.Length)], Look);
        return (header, cells, lines);

        void Look(int column, long place, ReadOnlySpan<byte> text)
        {
            if (column == 0) lines.Add(count.At(place));
            cells[column].Add(Encoding.UTF8.GetString(text));
        }
    }

    static string Place(string name, long line) => string.Create(CultureInfo.InvariantCulture, $"{name} line {line}");

    /// <summary>What is wrong with a reference table is wrong with the call.</summary>
    static T Usage<T>(Func<T> work)
    {
        try
        {
            return work();
        }
        catch (QuernException e)
        {
            throw new QuernException(e.Fault with { ExitCode = ExitCode.Usage }, e);
        }
    }
}
