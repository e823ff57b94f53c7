using System.Text;
using Quern.Csv;

namespace Quern.Fuzz.Csv;

/// <summary>Reads a file of rejects.</summary>
static class RejectFile
{
    /// <summary>Its rows as <see cref="Expectation.Rejects"/> has them.</summary>
    public static List<string> Rows(byte[] bytes)
    {
        var reader = new PlainReader(bytes, new CsvDialect());
        var rows = new List<string>();
        foreach (var row in reader.Rows())
        {
            var cells = row.Cells.ConvertAll(cell => Encoding.Latin1.GetString(reader.Text(cell)));
            if (cells.Count != 7 || row.Flaw is not null || row.IsOpen) throw new BrokenPromiseException("reject file", Encoding.Latin1.GetString(bytes));
            rows.Add($"{cells[0]} {cells[2]} {cells[1]} {cells[4]} {cells[6]}");
        }
        return rows;
    }
}
