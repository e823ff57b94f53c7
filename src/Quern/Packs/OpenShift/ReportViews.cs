using Quern.Duck;
using Quern.Files;

namespace Quern.Packs.OpenShift;

/// <summary>The views through which the pack's models read the reports: one for each report type and form.</summary>
/// <param name="parameters">The days asked for.</param>
/// <param name="csvBufferBytes">Size of a buffer of the CSV reader; a line is at most an eighth of it.</param>
sealed class ReportViews(SummaryParameters parameters, long csvBufferBytes)
{
    /// <summary>The longest lines that a buffer of the CSV reader holds.</summary>
    public const int LinesABuffer = 8;

    /// <summary>Cells equal to this would be NULL: no cell is.</summary>
    const string NoNull = "\u0001\u0002quern-no-null\u0002\u0001";

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
            .GroupBy(f => (f.Month, Header: form == ReportForm.Csv ? $"{f.LinesAbove} {Struct(f)}" : "", Gz: FileBytes.IsGzip(f.File.Path)))
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
        var columns = layout.Columns.Prepend("interval_start").Concat(layout.Optional).Concat(Computed(layout, form));
        var times = new[] { "month_start", "range_start", "range_end", "range_last" };
        return $"select {string.Join(", ", columns.Select(c => $"null::varchar as {c}"))}, " +
            $"{string.Join(", ", times.Select(t => $"null::timestamp as {t}"))} where false";
    }

    string ReadCsv(IReadOnlyList<ReportFile> files) =>
        $"""
        read_csv({Sql.Files(files.Select(f => f.File.Path))}, auto_detect = false, header = true, delim = ',', quote = '"', escape = '"',
            skip = {files[0].LinesAbove}, nullstr = {Sql.Text(NoNull)},
            buffer_size = {csvBufferBytes}, max_line_size = {csvBufferBytes / LinesABuffer},
            columns = {Struct(files[0])})
        """;

    /// <summary>Columns that are not read get a name of their own: theirs may be empty, or come twice.</summary>
    static string Struct(ReportFile file)
    {
        var names = file.Columns.Select((c, i) => file.Layout.Reads(c) ? c : FormattableString.Invariant($"column {i + 1}"));
        return $"{{{string.Join(", ", names.Select(c => $"{Sql.Text(c)}: 'VARCHAR'"))}}}";
    }

    static string ReadParquet(IReadOnlyList<ReportFile> files) =>
        $"read_parquet({Sql.Files(files.Select(f => f.File.Path))}, union_by_name = true, hive_partitioning = false)";
}
