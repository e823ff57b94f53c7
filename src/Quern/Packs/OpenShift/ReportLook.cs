using System.Globalization;
using Quern.Csv.Records;
using Quern.Duck;
using Quern.Files;
using Quern.Running;

namespace Quern.Packs.OpenShift;

/// <summary>Looks at each file's columns and says what it is; what the summary does not read is remembered by the reason.</summary>
sealed class ReportLook(Run run, DuckSession session, Guid source)
{
    /// <summary>How many names a warning lists.</summary>
    const int NamesShown = 3;

    readonly Dictionary<string, List<string>> _skipped = [];

    /// <summary>No file yet that the summary could read, not even one without rows.</summary>
    bool _foundNothing = true;

    /// <summary>The reports among the files.</summary>
    public List<ReportFile> At(IReadOnlyList<InputFile> files)
    {
        var reports = new List<ReportFile>();
        var parquet = new List<InputFile>();
        foreach (var file in files)
        {
            run.Cancellation.ThrowIfCancellationRequested();
            if (LakePath.Of(file).Source is { } s && !string.Equals(s, source.ToString(), StringComparison.OrdinalIgnoreCase))
                Skip($"of source {s}, which is not asked for", file);
            else if (file.Path.EndsWith(".parquet", StringComparison.OrdinalIgnoreCase))
                parquet.Add(file);
            else if (Csv(file) is { } report)
                reports.Add(report);
        }
        reports.AddRange(Parquet(parquet));
        reports.Sort((a, b) => string.CompareOrdinal(a.File.Path, b.File.Path));
        return reports;
    }

    /// <summary>Warns about what was left out: a line a reason.</summary>
    /// <exception cref="QuernException">QN3112, exit code 2: everything was.</exception>
    public void Report()
    {
        foreach (var (reason, names) in _skipped) run.Warn("QN2102", $"not read, {reason}: {Shown(names)}", names.Count);
        if (!_foundNothing) return;
        throw new QuernException(new Fault("QN3112", "none of the files is a report that the summary reads")
        {
            Where = "--input",
            Value = string.Join("\n", _skipped.Select(s => $"{s.Key}: {Shown(s.Value)}")),
            Wanted = "reports of pods, volumes, node labels or namespace labels",
            Try = ["--input FOLDER     the folder that the cluster's operator writes to"],
            ExitCode = ExitCode.Usage,
        });
    }

    static string Shown(List<string> names)
    {
        var more = names.Count > NamesShown
            ? string.Create(CultureInfo.InvariantCulture, $" and {names.Count - NamesShown:N0} more")
            : "";
        return string.Join(", ", names.Take(NamesShown)) + more;
    }

    ReportFile? Csv(InputFile file)
    {
        var header = CsvHeader.Read(file.Path, file.Name);
        if (header.Columns.Count == 0) return Skip("without a header", file);
        if (Recognise(file, header.Columns, ReportLayout.TimeColumns) is not { } layout) return null;
        CheckUnique(file, layout, header);
        if (header.FirstRow is not { } row) return null;
        var at = header.Columns.ToList().IndexOf("report_period_start");
        var period = at < row.Count ? row[at] : "";
        var culture = CultureInfo.InvariantCulture;
        if (period.Length >= 10 && DateOnly.TryParseExact(period[..10], "yyyy-MM-dd", culture, DateTimeStyles.None, out var day))
        {
            var month = new DateOnly(day.Year, day.Month, 1);
            return new ReportFile(file, layout, ReportForm.Csv, month, header.Columns) { LinesAbove = header.Line - 1 };
        }
        throw new QuernException(new Fault("QN3103", "the report period cannot be read")
        {
            Where = string.Create(culture, $"{file.Name} line {header.Line + 1}, column {at + 1} \"report_period_start\""),
            Value = $"\"{period}\"",
            Wanted = "a time such as 2025-10-01 00:00:00 +0000 UTC: it says which month the file belongs to",
            Try = ["correct the cell"],
        });
    }

    static void CheckUnique(InputFile file, ReportLayout layout, CsvHeader header)
    {
        if (header.Columns.GroupBy(c => c, StringComparer.Ordinal).FirstOrDefault(g => g.Count() > 1 && layout.Reads(g.Key)) is not { } twice)
            return;
        throw new QuernException(new Fault("QN3109", "a column comes twice")
        {
            Where = string.Create(CultureInfo.InvariantCulture, $"{file.Name} line {header.Line}"),
            Value = $"\"{twice.Key}\"",
            Wanted = "one column of that name: which of them counts must not depend on their order",
            Try = ["rename one of the two", "export the report again"],
        });
    }

    IEnumerable<ReportFile> Parquet(List<InputFile> files)
    {
        if (files.Count == 0) yield break;
        var columns = ParquetColumns.Read(session, files, run.Cancellation);
        for (var i = 0; i < files.Count; i++)
        {
            var path = LakePath.Of(files[i]);
            var names = columns[i].Select(c => c.Name).ToList();
            if (Recognise(files[i], names, ["interval_start"]) is not { } layout) continue;
            ParquetColumns.CheckTypes(files[i], layout, columns[i]);
            var month = path.Month ?? ParquetColumns.FirstMonth(session, files[i], run.Cancellation);
            if (month is { } m)
                yield return new ReportFile(files[i], layout, path.IsDaily ? ReportForm.Daily : ReportForm.Hourly, m, names);
        }
    }

    ReportLayout? Recognise(InputFile file, IReadOnlyList<string> columns, string[] timeColumns)
    {
        // Its own results lie among the reports when somebody writes them there.
        if (SummaryColumns.All.All(c => columns.Contains(c, StringComparer.Ordinal)))
        {
            Skip("a summary, not a report", file);
            return null;
        }
        if (ReportLayout.Recognise(columns, timeColumns, out var missing) is { } layout)
        {
            _foundNothing &= !layout.IsUsed;
            if (layout.IsUsed) return layout;
            Skip($"{layout.Name} is not part of the summary", file);
            return null;
        }
        if (missing is not { } lacking)
        {
            Skip("no report that the summary knows", file);
            return null;
        }
        var nearest = NearestName.Of(lacking.Columns[0], columns);
        throw new QuernException(new Fault("QN3101", $"a required column is missing: {string.Join(", ", lacking.Columns)}")
        {
            Where = $"the header of {file.Name}",
            Value = nearest is null ? null : $"\"{nearest}\" is the nearest name there",
            Wanted = $"the columns of a {lacking.Layout.Name} report, which its other columns say it is",
            Try = ["export the report again with all its columns", "leave the file out of --input"],
        });
    }

    ReportFile? Skip(string reason, InputFile file)
    {
        if (!_skipped.TryGetValue(reason, out var names)) _skipped[reason] = names = [];
        names.Add(file.Name);
        return null;
    }
}
