using System.Globalization;
using Quern.Cli.Terminal;
using Quern.Converting.Trees;

namespace Quern.Cli.Converting;

/// <summary>What became of the files of a tree, as a table.</summary>
static class TreeText
{
    static readonly string[] Heads = ["file", "CSV", "Parquet", "ratio", "rows", ""];

    /// <summary>The table, and below it why files failed.</summary>
    public static IEnumerable<Line> Lines(IReadOnlyList<TreeEntry> entries)
    {
        List<string[]> rows = [Heads, .. entries.Select(Cells), Total(entries)];
        var widths = Heads.Select((_, i) => rows.Max(row => row[i].Length)).ToArray();
        foreach (var row in rows)
        {
            var cells = row.Select((cell, i) => i is 0 or 5 ? cell.PadRight(widths[i]) : cell.PadLeft(widths[i]));
            yield return new Line(Tone.Plain, string.Join("  ", cells).TrimEnd());
        }
        foreach (var failed in entries.Where(e => e.Fault is not null))
        {
            yield return new Line(Tone.Bad, failed.Name);
            foreach (var line in failed.Fault!.ToString().Split('\n')) yield return new Line(Tone.Plain, $"  {line}");
        }
    }

    static string[] Cells(TreeEntry entry) =>
    [
        entry.Name,
        Figures.Bytes(entry.Bytes),
        entry.ParquetBytes is { } bytes ? Figures.Bytes(bytes) : "-",
        Ratio(entry.Bytes, entry.ParquetBytes),
        entry.Rows is { } rows ? Figures.Count(rows) : "-",
        entry.Fault is not null ? "failed"
            : entry.IsUnchanged ? "unchanged"
            : entry.Rejected > 0 ? $"{Figures.Count(entry.Rejected)} rejected"
            : "",
    ];

    static string[] Total(IReadOnlyList<TreeEntry> entries)
    {
        var made = entries.Where(e => e.ParquetBytes is not null).ToList();
        var (csv, parquet) = (made.Sum(e => e.Bytes), made.Sum(e => e.ParquetBytes!.Value));
        var files = entries.Count == 1 ? "1 file" : $"{Figures.Count(entries.Count)} files";
        return [files, Figures.Bytes(csv), Figures.Bytes(parquet), Ratio(csv, parquet), Figures.Count(made.Sum(e => e.Rows ?? 0)), ""];
    }

    static string Ratio(long bytes, long? parquet) =>
        parquet is > 0 and var size ? ((double)bytes / size).ToString("0.0", CultureInfo.InvariantCulture) : "-";
}
