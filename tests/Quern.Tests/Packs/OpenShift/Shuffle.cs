using System.Text;
using Quern.Tests.Files;

namespace Quern.Tests.Packs.OpenShift;

/// <summary>Writes the rows of CSV reports another way: other order, other files, other columns first, packed or not.</summary>
/// <param name="scratch">Where.</param>
/// <param name="folder">Name of the folder for them.</param>
/// <param name="random">How.</param>
sealed class Shuffle(ScratchFolder scratch, string folder, Random random)
{
    /// <summary>Writes the rows of some reports of one type, which may have different columns, anew.</summary>
    /// <param name="reports">Texts of CSV files.</param>
    public void Write(IReadOnlyList<string> reports)
    {
        var tables = reports.Select(t => CsvText.Read(t)).ToList();
        var columns = tables.SelectMany(t => t[0].Select(c => c!)).Distinct().ToList();
        if (tables.Exists(t => t[0].Length != columns.Count))
            throw new ArgumentException("the reports have different columns");
        var rows = tables.SelectMany(t => t.Skip(1).Select(r => columns.ConvertAll(c => r[Array.IndexOf(t[0], c)]!)))
            .ToArray();
        random.Shuffle(rows);
        // Files of a few rows each: of two files with the same rows only one would be read.
        var parts = random.Next(1, Math.Clamp(rows.Length / 8, 2, 7));
        var inner = Enumerable.Range(0, parts - 1).Select(_ => random.Next(rows.Length + 1));
        var cuts = inner.Append(0).Append(rows.Length).Order().ToList();
        for (var part = 0; part < parts; part++) File(columns, rows[cuts[part]..cuts[part + 1]]);
    }

    void File(List<string> columns, List<string>[] rows)
    {
        var order = Enumerable.Range(0, columns.Count).ToArray();
        if (random.Next(2) == 0) random.Shuffle(order);
        var text = new StringBuilder();
        foreach (var row in rows.Prepend(columns))
            text.AppendJoin(',', order.Select(i => CsvText.Field(row[i]))).Append('\n');
        // The name decides the order in which files are read.
        var name = $"{folder}/{random.Next(3)}/{random.Next():x8}.csv";
        if (random.Next(2) == 0) scratch.Write(name, text.ToString());
        else scratch.WriteGzip(name + ".gz", text.ToString());
    }
}
