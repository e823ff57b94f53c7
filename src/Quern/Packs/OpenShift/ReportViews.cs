using System.Globalization;
using Quern.Chunks;
using Quern.Csv;
using Quern.Duck;

namespace Quern.Packs.OpenShift;

/// <summary>The views through which the pack's models read the reports: one for each report type and form.</summary>
/// <param name="parameters">The days asked for.</param>
/// <param name="memory">How the memory limit is shared out.</param>
sealed class ReportViews(SummaryParameters parameters, SummaryMemory memory)
{
    readonly List<TableFunction> _csv = [];

    /// <summary>The functions that read CSV for the views made so far, to be registered before these.</summary>
    public IReadOnlyList<TableFunction> Csv => _csv;

    /// <summary>Name of a view in the schema <c>openshift</c>: <c>pod_usage_csv</c>.</summary>
    public static string Name(ReportLayout layout, ReportForm form) => $"{layout.Name}_{Form(form)}";

    /// <summary>A form as the pack's variables name it.</summary>
    public static string Form(ReportForm form) => form switch
    {
        ReportForm.Csv => "csv",
        ReportForm.Hourly => "hourly",
        ReportForm.Daily => "daily",
        _ => throw new ArgumentOutOfRangeException(nameof(form)),
    };

    /// <summary>The statement that makes a view over some files; without a file the view has the columns and no rows.</summary>
    public string Create(ReportLayout layout, ReportForm form, IReadOnlyList<ReportFile> files)
    {
        var selects = files
            .GroupBy(f => (f.Month, Header: form == ReportForm.Csv ? $"{f.LinesAbove} {string.Join('\n', f.Columns)}" : ""))
            .Select(group => Select(layout, form, group.Key.Month, [.. group]));
        var body = string.Join("\nunion all by name\n", selects);
        return $"create or replace view openshift.{Name(layout, form)} as\n{(files.Count > 0 ? body : Empty(layout, form))}";
    }

    string Select(ReportLayout layout, ReportForm form, DateOnly month, IReadOnlyList<ReportFile> files)
    {
        var next = month.AddMonths(1);
        var start = parameters.Start > month ? parameters.Start : month;
        var end = parameters.End < next ? parameters.End.AddDays(1) : next;
        return $"""
            select {string.Join(", ", Columns(layout, form, files))},
                {Sql.Midnight(month)} as month_start, {Sql.Midnight(start)} as range_start, {Sql.Midnight(end < start ? start : end)} as range_end,
                {Sql.Midnight(end < start ? start : end)} - interval 1 microsecond as range_last
            from {(form == ReportForm.Csv ? ReadCsv(files) : ReadParquet(files))}
            """;
    }

    static IEnumerable<string> Columns(ReportLayout layout, ReportForm form, IReadOnlyList<ReportFile> files)
    {
        yield return "interval_start";
        // In Parquet a column of text that is NULL throughout may be of any type.
        string AsText(string column) => form == ReportForm.Csv ? column : $"{column}::varchar as {column}";
        foreach (var column in layout.Columns) yield return ReportLayout.IsMeasure(column) ? column : AsText(column);
        foreach (var column in layout.Optional) yield return IsThere(column, files) ? AsText(column) : $"null::varchar as {column}";
        foreach (var column in Computed(layout, form)) yield return IsThere(column, files) ? column : $"null::double as {column}";
    }

    /// <summary>A column that no file has is NULL of its type: a bare NULL would be an INTEGER.</summary>
    static bool IsThere(string column, IReadOnlyList<ReportFile> files) =>
        files.Any(f => f.Columns.Contains(column, StringComparer.Ordinal));

    static string[] Computed(ReportLayout layout, ReportForm form) =>
        form == ReportForm.Daily && layout.Type == ReportType.PodUsage ? ReportLayout.DailyPodColumns : [];

    static string Empty(ReportLayout layout, ReportForm form)
    {
        var columns = layout.Columns.Concat(layout.Optional).Concat(Computed(layout, form));
        var times = new[] { "interval_start", "month_start", "range_start", "range_end", "range_last" };
        return $"select {string.Join(", ", columns.Select(c => $"null::{(ReportLayout.IsMeasure(c) ? "double" : "varchar")} as {c}"))}, " +
            $"{string.Join(", ", times.Select(t => $"null::timestamp as {t}"))} where false";
    }

    /// <summary>Texts are texts, also empty ones; a quantity or time that cannot be read is NULL, which the models count.</summary>
    string ReadCsv(IReadOnlyList<ReportFile> files)
    {
        var name = string.Create(CultureInfo.InvariantCulture, $"csv_files_{_csv.Count + 1}");
        var read = new CsvRead
        {
            Files = [.. files.Select(f => new CsvFile(f.File.Path, f.File.Name))],
            Columns = [.. files[0].Columns.Select((c, i) => Column(files[0].Layout, c, i))],
            Dialect = new CsvDialect { LinesAbove = (int)files[0].LinesAbove },
            MaxRowBytes = memory.CsvRowBytes,
        };
        _csv.Add(new CsvView(name, read, memory.Threads));
        return $"{name}() /* {Sql.Files(files.Select(f => f.File.Path)).Replace("*/", "* /", StringComparison.Ordinal)} */";
    }

    /// <summary>Columns that are not read get a name of their own: theirs may be empty, or come twice.</summary>
    static CsvColumn Column(ReportLayout layout, string name, int index) =>
        !layout.Reads(name) ? new CsvColumn(string.Create(CultureInfo.InvariantCulture, $"column {index + 1}"), TypeKind.Varchar)
        : name == "interval_start" ? new CsvColumn(name, TypeKind.Timestamp) { Empty = OnEmpty.Null, Bad = OnBad.Null }
        : ReportLayout.IsMeasure(name) ? new CsvColumn(name, TypeKind.Double) { Empty = OnEmpty.Null, Bad = OnBad.Null }
        : new CsvColumn(name, TypeKind.Varchar);

    static string ReadParquet(IReadOnlyList<ReportFile> files) =>
        $"read_parquet({Sql.Files(files.Select(f => f.File.Path))}, union_by_name = true, hive_partitioning = false)";
}
