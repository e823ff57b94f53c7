using System.Globalization;
using Quern.Files;

namespace Quern.Packs.OpenShift;

/// <summary>Reads a reference table from CSV: a few columns by name, in any order.</summary>
static class ReferenceCsv
{
    /// <summary>The values of the columns, row by row, each row with its place.</summary>
    /// <exception cref="QuernException">Exit code 2: QN1126 a column is missing or comes twice, or there is no header; else
    /// as <see cref="CsvFlaw.Find"/>.</exception>
    public static IEnumerable<(string[] Values, string Where)> Read(string path, string name, string[] columns)
    {
        if (CsvFlaw.Find(path, name) is { } flaw) throw new QuernException(flaw with { ExitCode = ExitCode.Usage });
        using var scan = new CsvScan(FileBytes.OpenContent(path, name));
        int[]? at = null;
        while (scan.Read())
        {
            if (scan.IsBlank) continue;
            var fields = new List<string>();
            for (var i = 0; i < scan.KeptCount; i++) fields.Add(scan.Text(i));
            var where = string.Create(CultureInfo.InvariantCulture, $"{name} line {scan.Line}");
            if (at is null)
            {
                at = Array.ConvertAll(columns, c => fields.IndexOf(c));
                if (Array.IndexOf(at, -1) is >= 0 and var missing)
                    throw Bad($"the column {columns[missing]} is missing", where);
                if (Array.Find(columns, c => fields.Count(f => f == c) > 1) is { } twice)
                    throw Bad($"the column {twice} comes twice", where);
                continue;
            }
            yield return ([.. at.Select(i => fields[i])], where);
        }
        if (at is null) throw Bad("the file has no header", name);

        QuernException Bad(string what, string where) => new(new Fault("QN1126", what)
        {
            Where = where,
            Wanted = $"columns {string.Join(", ", columns)}",
            Try = [$"{string.Join(',', columns)}     as the first line"],
            ExitCode = ExitCode.Usage,
        });
    }
}
