using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Quern.Loading.Benchmark;

/// <summary>A report as a table for people, as Markdown, as JSON.</summary>
public static class LoadBenchText
{
    static readonly string[] Heads = ["rank", "method", "rows", "seconds", "rows/s", "MB/s", "CPU s", "CPU s/M rows", "peak MB", "ratio"];

    /// <summary>Lines of a table with blanks between the columns, then the notes.</summary>
    public static IEnumerable<string> Table(LoadBenchReport report)
    {
        ArgumentNullException.ThrowIfNull(report);
        List<string[]> rows = [Heads, .. report.Standings.Select(Cells)];
        var widths = Enumerable.Range(0, Heads.Length).Select(i => rows.Max(r => r[i].Length)).ToArray();
        foreach (var row in rows) yield return string.Join("  ", row.Select((c, i) => i == 1 ? c.PadRight(widths[i]) : c.PadLeft(widths[i])));
        yield return $"ratio: rows a second by those of {report.Against}";
        foreach (var note in report.Notes) yield return note;
    }

    /// <summary>A page: what, where, the table, every round.</summary>
    public static string Markdown(LoadBenchReport report)
    {
        ArgumentNullException.ThrowIfNull(report);
        var text = new StringBuilder("# Loading into PostgreSQL\n\n");
        text.Append(Invariant($"date: {report.Date:yyyy-MM-dd HH:mm} UTC  \n"));
        foreach (var line in report.Machine.Concat(report.Server)) text.Append(line).Append("  \n");
        text.Append(Invariant($"data: {report.Data}; {report.Rows:N0} rows, {report.CopyBytes / 1e6:F0} MB as COPY BINARY  \n"));
        text.Append(Invariant($"rounds: {report.Rounds}, the methods in turn; medians, and the most memory\n\n"));
        text.Append("| ").AppendJoin(" | ", Heads).Append(" |\n|---:|---|").Insert(text.Length, "---:|", Heads.Length - 2).Append('\n');
        foreach (var standing in report.Standings) text.Append("| ").AppendJoin(" | ", Cells(standing)).Append(" |\n");
        text.Append("\nRatio: rows a second by those of ").Append(report.Against);
        text.Append(". MB are those of COPY BINARY, whatever a method sends. CPU and memory are the client's.\n\n");
        foreach (var trial in report.Trials) text.Append("- ").Append(trial.Name).Append(": ").Append(trial.What).Append('\n');
        if (report.Notes.Count > 0) text.Append('\n');
        foreach (var note in report.Notes) text.Append("- ").Append(note).Append('\n');
        text.Append("\n## Seconds of each round\n\n");
        foreach (var trial in report.Trials)
        {
            var seconds = trial.Efforts.Select(e => Invariant($"{e.Seconds:F3}"));
            text.Append("- ").Append(trial.Name).Append(": ").AppendJoin(", ", seconds).Append('\n');
        }
        return text.ToString();
    }

    /// <summary>All of it; names of fields are stable.</summary>
    public static string Json(LoadBenchReport report)
    {
        ArgumentNullException.ThrowIfNull(report);
        using var bytes = new MemoryStream();
        using (var json = new Utf8JsonWriter(bytes, new JsonWriterOptions { Indented = true }))
        {
            json.WriteStartObject();
            json.WriteString("kind", "bench load");
            json.WriteString("date", report.Date.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture));
            Texts("machine", report.Machine);
            Texts("server", report.Server);
            json.WriteString("data", report.Data);
            json.WriteNumber("rows", report.Rows);
            json.WriteNumber("copy_bytes", report.CopyBytes);
            json.WriteNumber("rounds", report.Rounds);
            json.WriteString("against", report.Against);
            json.WriteStartArray("methods");
            foreach (var standing in report.Standings) Method(json, standing);
            json.WriteEndArray();
            Texts("notes", report.Notes);
            json.WriteEndObject();

            void Texts(string name, IReadOnlyList<string> lines)
            {
                json.WriteStartArray(name);
                foreach (var line in lines) json.WriteStringValue(line);
                json.WriteEndArray();
            }
        }
        return Encoding.UTF8.GetString(bytes.ToArray());
    }

    static void Method(Utf8JsonWriter json, LoadStanding standing)
    {
        json.WriteStartObject();
        json.WriteNumber("rank", standing.Rank);
        json.WriteString("name", standing.Trial.Name);
        json.WriteString("what", standing.Trial.What);
        json.WriteNumber("rows", standing.Trial.Rows);
        json.WriteNumber("seconds", Math.Round(standing.Seconds, 4));
        json.WriteNumber("rows_per_second", Math.Round(standing.RowsPerSecond));
        Maybe("bytes_per_second", standing.BytesPerSecond is { } rate ? Math.Round(rate) : null);
        Maybe("cpu_seconds", standing.CpuSeconds is { } cpu ? Math.Round(cpu, 4) : null);
        Maybe("peak_bytes", standing.PeakBytes);
        json.WriteNumber("ratio", Math.Round(standing.Ratio, 4));
        json.WriteStartArray("rounds");
        foreach (var effort in standing.Trial.Efforts)
        {
            json.WriteStartObject();
            json.WriteNumber("seconds", Math.Round(effort.Seconds, 4));
            Maybe("cpu_seconds", effort.CpuSeconds is { } one ? Math.Round(one, 4) : null);
            Maybe("peak_bytes", effort.PeakBytes);
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteEndObject();

        void Maybe(string name, double? value)
        {
            if (value is { } number) json.WriteNumber(name, number);
            else json.WriteNull(name);
        }
    }

    static string[] Cells(LoadStanding s) =>
    [
        Invariant($"{s.Rank}"),
        s.Trial.Name,
        Invariant($"{s.Trial.Rows:N0}"),
        Invariant($"{s.Seconds:F3}"),
        Invariant($"{s.RowsPerSecond:N0}"),
        s.BytesPerSecond is { } bytes ? Invariant($"{bytes / 1e6:F1}") : "-",
        s.CpuSeconds is { } cpu ? Invariant($"{cpu:F2}") : "-",
        s.CpuSeconds is { } all && s.Trial.Rows > 0 ? Invariant($"{all / s.Trial.Rows * 1e6:F2}") : "-",
        s.PeakBytes is { } peak ? Invariant($"{peak / 1e6:F0}") : "-",
        Invariant($"{s.Ratio:F2}"),
    ];

    static string Invariant(FormattableString text) => FormattableString.Invariant(text);
}
