using System.Text;
using Quern.Duck;
using Quern.Tests.Duck;
using Quern.Tests.Files;

namespace Quern.Tests.Packs.OpenShift;

/// <summary>Which files are read, and how their columns may lie.</summary>
public sealed class ReportFilesTests : IDisposable
{
    const string Expected = "pod 2025-10-01 shop n1 i-n1 {} | cpu 2 0 2 0 | memory 0 0 0 0 | node 4 8 16 32 | cluster 8 32";
    readonly Reports _reports = new();

    public void Dispose() => _reports.Dispose();

    [Fact]
    public void Content_that_is_there_twice_is_read_once()
    {
        TwoHours("pods.csv", "pods.csv");
        _reports.Write("copy/pods.csv", Encoding.UTF8.GetBytes(_reports.Text("pods.csv")));
        _reports.Write("pods.csv.gz", ScratchFolder.Gzip(Encoding.UTF8.GetBytes(_reports.Text("pods.csv"))));
        var result = _reports.Run.Make();
        Assert.Equal(Expected, result.Lines[1]);
        Assert.Equal(
            [
                "QN2101 x 1: pods.csv has the same content as copy/pods.csv and is not read",
                "QN2101 x 1: pods.csv.gz has the same content as copy/pods.csv and is not read",
            ],
            result.Warnings);
    }

    [Fact]
    public void A_file_of_another_months_period_is_not_read()
    {
        TwoHours("pods.csv", "pods.csv");
        // The period says September, whatever the interval says.
        _reports.Pod(
            "shop/late@n1", cpu: (9, 9, 9), file: "september.csv",
            cells: ("report_period_start", "2025-09-01 00:00:00 +0000 UTC"))
            .Pod(
                "shop/early@n1", cpu: (9, 9, 9), file: "november.csv",
                cells: ("report_period_start", "2025-11-01 00:00:00 +0000 UTC"));
        Assert.Equal(Expected, _reports.Run.Make().Lines[1]);
    }

    [Fact]
    public void A_range_over_two_months_is_two_runs()
    {
        foreach (var (hour, month) in new[] { ("2025-01-31 23:00:00", "jan"), ("2025-02-01 00:00:00", "feb") })
        {
            _reports.Pod("shop/a@n1", cpu: (1, 0, 0), hour: hour, file: $"{month}-pods.csv", labels: "app:x")
                .Volume("shop/a", months: (31, 31, 62), hour: hour, file: $"{month}-volumes.csv")
                .NodeLabels("n1", $"team:{month}", hour, $"{month}-nodes.csv");
        }
        // An hour of February in January's files belongs to no month.
        _reports.Pod(
            "shop/a@n1", cpu: (7, 7, 7), hour: "2025-02-01 01:00:00", file: "jan-pods.csv",
            cells: ("report_period_start", "2025-01-01 00:00:00 +0000 UTC"));
        var both = _reports.Parameters with { Start = new DateOnly(2025, 1, 31), End = new DateOnly(2025, 2, 1) };
        IReadOnlyList<string> Lines(DateOnly start, DateOnly end) =>
            (_reports.Run with { Parameters = both with { Start = start, End = end } }).Make().Lines;
        const string One = "| memory 0 0 0 0 | node 4 4 16 16 | cluster 4 16";
        string[] january =
        [
            "pod 2025-01-31 Worker unallocated n1 i-n1 - | cpu 3 4 3 - | memory 16 16 16 - | node 4 4 16 16 | cluster 4 16",
            $"pod 2025-01-31 shop n1 i-n1 {{\"app\":\"x\",\"team\":\"jan\"}} | cpu 1 0 1 0 {One}",
            "volume 2025-01-31 shop n1 i-n1 data pv-1 gp2 vol-1 {\"team\":\"jan\"} | 10 | months 31 31 62",
        ];
        string[] february =
        [
            "pod 2025-02-01 Worker unallocated n1 i-n1 - | cpu 3 4 3 - | memory 16 16 16 - | node 4 4 16 16 | cluster 4 16",
            $"pod 2025-02-01 shop n1 i-n1 {{\"app\":\"x\",\"team\":\"feb\"}} | cpu 1 0 1 0 {One}",
            // 31 months of 31 days are 961 days.
            "volume 2025-02-01 shop n1 i-n1 data pv-1 gp2 vol-1 {\"team\":\"feb\"} | 10 | "
                + "months 34.321428571428569 34.321428571428569 68.642857142857139",
        ];
        february[2] = february[2].Replace("34.321428571428569", "34.32142857142857", StringComparison.Ordinal)
            .Replace("68.642857142857139", "68.64285714285714", StringComparison.Ordinal);
        Assert.Equal(january, Lines(both.Start, both.Start));
        Assert.Equal(february, Lines(both.End, both.End));
        Assert.Equal([.. january[..2], .. february[..2], january[2], february[2]], Lines(both.Start, both.End));
    }

    [Fact]
    public void Files_with_a_header_only_are_no_input_but_no_fault_either()
    {
        TwoHours("pods.csv", "pods.csv");
        _reports.Volume("shop/a").NodeLabels("n1", "app:x").Pod("shop/a@n1", file: "more.csv");
        foreach (var file in new[] { "volumes.csv", "node-labels.csv", "more.csv" })
            _reports.Change(file, text => text[..(text.IndexOf('\n') + 1)]);
        var result = _reports.Run.Make();
        Assert.Equal(Expected, result.Lines[1]);
        Assert.Empty(result.Warnings);
    }

    [Fact]
    public void Nothing_but_headers_gives_an_empty_summary_and_says_so()
    {
        _reports.Pod("shop/a@n1").Change("pods.csv", text => text[..(text.IndexOf('\n') + 1)]);
        var result = _reports.Run.Make();
        Assert.Empty(result.Rows);
        Assert.Equal(["QN3211 x 1: days without rows: 2025-10-01"], result.Warnings);
    }

    [Fact]
    public void Optional_columns_may_be_in_some_files_and_not_in_others()
    {
        _reports.Pod("shop/a@n1").Volume("shop/a", months: (1, 1, 1))
            .Volume("shop/a", months: (2, 2, 2), file: "old.csv");
        Assert.Contains(
            "volume 2025-10-01 shop n1 i-n1 data pv-1 gp2 vol-1 {} | 10 | months 3 3 3", _reports.Run.Make().Lines);
        _reports.Change("old.csv", text => Without(text, "csi_volume_handle", "csi_driver", "node"));
        Assert.Equal(
            [
                "volume 2025-10-01 shop n1 i-n1 data pv-1 gp2 vol-1 {} | 10 | months 1 1 1",
                "volume 2025-10-01 shop n1 i-n1 data pv-1 gp2 - {} | 10 | months 2 2 2",
            ],
            _reports.Run.Make().Lines.Where(l => l.StartsWith("volume", StringComparison.Ordinal)).Reverse());
    }

    [Fact]
    public void An_optional_column_that_no_file_has_is_a_null_text()
    {
        _reports.Pod("shop/a@n1").Volume("shop/a", months: (1, 1, 1))
            .Change("volumes.csv", text => Without(text, "csi_volume_handle", "csi_driver", "node"));
        var result = (_reports.Run with { To = ["s.parquet"] }).Make();
        Assert.Equal("volume 2025-10-01 shop n1 i-n1 data pv-1 gp2 - {} | 10 | months 1 1 1", result.Lines[2]);
        using var session = TestDuck.Memory();
        var columns = $"(describe from read_parquet({Sql.Text(_reports["s.parquet"])}))";
        Assert.Equal("VARCHAR", session.Scalar<string>($"select column_type from {columns} where column_name = 'csi_volume_handle'"));
    }

    [Fact]
    public void Columns_may_lie_in_another_order_and_more_may_be_there()
    {
        TwoHours("pods.csv", "more.csv");
        _reports.Change("more.csv", text => Reversed(text, "9,\"a,b\"", "extra,\"x,\"\"y\""));
        var result = _reports.Run.Make();
        Assert.Equal(Expected, result.Lines[1]);
        Assert.Empty(result.Warnings);
    }

    [Theory]
    [InlineData("\uFEFF", "\n")]
    [InlineData("", "\r\n")]
    [InlineData("\uFEFF", "\r\n")]
    public void Byte_order_marks_and_line_ends_of_other_systems_do_no_harm(string mark, string lineEnd)
    {
        TwoHours("pods.csv", "more.csv");
        _reports.Change("more.csv", text => mark + text.Replace("\n", lineEnd, StringComparison.Ordinal));
        Assert.Equal(Expected, _reports.Run.Make().Lines[1]);
    }

    [Fact]
    public void Quotes_keep_commas_and_line_breaks_in_a_cell()
    {
        _reports.Pod("shop/a@n1", labels: "app:x,\"y\"\nz|env:e");
        Assert.Contains("""{"app":"x,\"y\"\nz","env":"e"}""", _reports.Run.Make().Lines[1], StringComparison.Ordinal);
    }

    [Fact]
    public void Other_files_are_left_out_and_named_by_the_reason()
    {
        TwoHours("pods.csv", "pods.csv");
        _reports.Write("a/notes.csv", "title,text\n1,2\n"u8);
        _reports.Write("a/empty.csv", ""u8);
        _reports.Write("a/vm.csv",
            "report_period_start,interval_start,node,namespace,vm_name,vm_uptime_total_seconds\n2025-10-01,2025-10-01,n,s,v,1\n"u8);
        _reports.Write("a/readme.md", "not looked at"u8);
        Assert.Equal(
            [
                "QN2102 x 1: not read, without a header: a/empty.csv",
                "QN2102 x 1: not read, no report that the summary knows: a/notes.csv",
                "QN2102 x 1: not read, vm_usage is not part of the summary: a/vm.csv",
            ],
            _reports.Run.Make().Warnings);
    }

    [Fact]
    public void A_report_without_one_of_its_columns_is_a_fault()
    {
        TwoHours("pods.csv", "pods.csv");
        _reports.Change(
            "pods.csv",
            text => text.Replace("node_capacity_cpu_cores", "node_capacity_cpu_core", StringComparison.Ordinal));
        Assert.Equal(
            """
            error QN3101: a required column is missing: node_capacity_cpu_cores
              where   the header of pods.csv
              value   "node_capacity_cpu_core" is the nearest name there
              wanted  the columns of a pod_usage report, which its other columns say it is
              try     export the report again with all its columns
                      leave the file out of --input
            """,
            _reports.Run.Fault());
    }

    [Fact]
    public void A_row_whose_time_cannot_be_read_is_a_fault_with_its_place()
    {
        TwoHours("pods.csv", "pods.csv");
        var before = _reports.Text("pods.csv").Length;
        _reports.Pod("shop/b@n1", cells: ("interval_start", "yesterday"));
        Assert.Equal(
            $"""
            error QN3102: the time of 1 row cannot be read
              where   pods.csv line 4 (byte {before}), column 3 "interval_start"
              value   "yesterday"
              wanted  a time such as 2025-10-01 00:00:00 +0000 UTC, in UTC
              try     correct or remove the row: without a time it belongs to no day
            """,
            _reports.Run.Fault());
    }

    [Fact]
    public void A_report_period_that_cannot_be_read_is_a_fault()
    {
        _reports.Pod("shop/b@n1", cells: ("report_period_start", "October"));
        Assert.Equal(
            """
            error QN3103: the report period cannot be read
              where   pods.csv line 2, column 1 "report_period_start"
              value   "October"
              wanted  a time such as 2025-10-01 00:00:00 +0000 UTC: it says which month the file belongs to
              try     correct the cell
            """,
            _reports.Run.Fault());
    }

    [Fact]
    public void A_row_with_too_few_fields_is_a_fault_with_its_place()
    {
        TwoHours("pods.csv", "pods.csv");
        var before = _reports.Text("pods.csv").Length;
        _reports.Change("pods.csv", text => text + "2025-10-01 00:00:00 +0000 UTC,cut off\n");
        Assert.Equal(
            $"""
            error QN3106: a row has another number of fields than the header
              where   pods.csv line 4 (byte {before})
              value   2 fields
              wanted  19 fields, as in the header
              try     look for a missing quote or delimiter in the line
                      export the file again: it may have been cut short
            """,
            _reports.Run.Fault());
    }

    [Fact]
    public void A_gzip_file_that_was_cut_off_is_a_fault()
    {
        TwoHours("pods.csv", "pods.csv");
        var whole = ScratchFolder.Gzip(
            Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat(_reports.Text("pods.csv"), 100))));
        _reports.Write("b/pods.csv.gz", whole.AsSpan(0, whole.Length / 2));
        Assert.StartsWith(
            "error QN2010: the gzip file is cut short\n  where   b/pods.csv.gz", _reports.Run.Fault(),
            StringComparison.Ordinal);
    }

    void TwoHours(string first, string second) => _reports
        .Pod("shop/a@n1", cpu: (1.5, 0, 0), file: first)
        .Pod("shop/a@n1", cpu: (0.5, 0, 0), hour: "2025-10-01 01:00:00", file: second);

    static string Without(string text, params string[] columns)
    {
        var rows = CsvText.Read(text);
        var kept = Enumerable.Range(0, rows[0].Length).Where(i => !columns.Contains(rows[0][i])).ToArray();
        return Write(rows.Select(r => kept.Select(i => r[i]!)));
    }

    /// <summary>The columns the other way round, behind others that the report does not have.</summary>
    static string Reversed(string text, params string[] extra) =>
        Write(CsvText.Read(text).Select((r, i) => extra.Select(e => e + i).Concat(r.Reverse().Select(c => c!))));

    static string Write(IEnumerable<IEnumerable<string>> rows) =>
        string.Concat(rows.Select(r => string.Join(',', r.Select(CsvText.Field)) + "\n"));
}
