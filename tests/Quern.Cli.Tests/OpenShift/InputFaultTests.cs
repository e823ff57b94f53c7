using System.IO.Compression;
using System.Text;
using Quern.Duck;

namespace Quern.Cli.Tests.OpenShift;

public sealed class InputFaultTests : IDisposable
{
    readonly Desk _desk = new();

    public void Dispose() => _desk.Dispose();

    [Fact]
    public void Refuses_a_folder_that_is_not_there() => RefusesInput(
        ExitCode.Usage,
        $"""
        error QN2001: no such file or folder
          where   report ({_desk.Here.Folder} holds month.json, out.csv, reports)
          try     reports, the nearest name there
        """,
        "report");

    [Fact]
    public void Refuses_a_glob_that_matches_nothing() => RefusesInput(
        ExitCode.Usage,
        $"""
        error QN2002: no file matches
          where   reports, which holds namespaces.csv, nodes.csv, pods.csv and 1 more
          value   "reports/*.gz"
          try     ls {_desk.Here.Path("reports")}
        """,
        "reports/*.gz");

    [Fact]
    public void Refuses_a_folder_without_any_file_to_read()
    {
        Directory.CreateDirectory(_desk.Here.Path("empty"));
        RefusesInput(
            ExitCode.Usage,
            """
            error QN2003: no file to read in the folder
              where   empty is empty
              wanted  a name that ends in .csv or .csv.gz or .parquet
              try     empty/**/* takes every file, whatever its name
            """,
            "empty");
    }

    [Fact]
    public void Refuses_files_of_which_none_is_a_report_that_counts()
    {
        Directory.CreateDirectory(_desk.Here.Path("other"));
        Write("other/notes.csv", "title,text\n1,2\n");
        Write("other/gpu.csv", "report_period_start,interval_start,node,namespace,pod,gpu_uuid\n2025-10-01,2025-10-01,n,s,p,u\n");
        RefusesInput(
            ExitCode.Usage,
            """
            error QN3112: none of the files is a report that the summary reads
              where   --input
              value   gpu_usage is not part of the summary: other/gpu.csv
                      no report that the summary knows: other/notes.csv
              wanted  reports of pods, volumes, node labels or namespace labels
              try     --input FOLDER     the folder that the cluster's operator writes to
            """,
            "other");
    }

    [Fact]
    public void Refuses_a_report_without_a_column_that_counts()
    {
        _desk.Change("pods.csv", text => text.Replace("pod_limit_cpu_core_seconds", "pod_limits_cpu_core_seconds", StringComparison.Ordinal));
        _desk.Refuses(
            ExitCode.Failed,
            """
            error QN3101: a required column is missing: pod_limit_cpu_core_seconds
              where   the header of reports/pods.csv
              value   "pod_limits_cpu_core_seconds" is the nearest name there
              wanted  the columns of a pod_usage report, which its other columns say it is
              try     export the report again with all its columns
                      leave the file out of --input
            """);
    }

    [Fact]
    public void Refuses_a_report_with_a_column_that_counts_twice()
    {
        _desk.Change("nodes.csv", text => text.Replace("interval_end,node,", "node,node,", StringComparison.Ordinal));
        _desk.Refuses(
            ExitCode.Failed,
            """
            error QN3109: a column comes twice
              where   reports/nodes.csv line 1
              value   "node"
              wanted  one column of that name: which of them counts must not depend on their order
              try     rename one of the two
                      export the report again
            """);
    }

    [Theory]
    [InlineData("2025-02-30 03:00:00 +0000 UTC")]
    [InlineData("2025-10-01 03:00:00 +0200 CEST")]
    [InlineData("interval_start")]
    [InlineData("")]
    public void Refuses_a_time_that_cannot_be_read(string time)
    {
        _desk.ChangeLine(5, line => line.Replace("2025-10-01 03:00:00 +0000 UTC", time, StringComparison.Ordinal));
        _desk.Refuses(
            ExitCode.Failed,
            $"""
            error QN3102: the time of 1 row cannot be read
              where   reports/pods.csv line 5 (byte 1,311), column 3 "interval_start"
              value   "{time}"
              wanted  a time such as 2025-10-01 00:00:00 +0000 UTC, in UTC
              try     correct or remove the row: without a time it belongs to no day
            """);
    }

    [Fact]
    public void Finds_the_one_wrong_time_among_many_files()
    {
        var lines = File.ReadAllLines(_desk.Here.Path("reports/pods.csv"));
        for (var i = 0; i < 400; i++)
        {
            Write($"reports/more-{i:000}.csv",
                $"{lines[0]}\n{lines[1 + (i % 24)].Replace("frontend-pod", $"pod-{i}", StringComparison.Ordinal)}\n");
        }
        Write("reports/more-333.csv",
            $"{lines[0]}\n{lines[1]}\n{lines[2].Replace("2025-10-01 01:00:00", "01.10.2025 01:00", StringComparison.Ordinal)}\n");
        _desk.Refuses(
            ExitCode.Failed,
            """
            error QN3102: the time of 1 row cannot be read
              where   reports/more-333.csv line 3 (byte 703), column 3 "interval_start"
              value   "01.10.2025 01:00 +0000 UTC"
              wanted  a time such as 2025-10-01 00:00:00 +0000 UTC, in UTC
              try     correct or remove the row: without a time it belongs to no day
            """);
    }

    [Theory]
    [InlineData("a,b", 20)]
    [InlineData("", 1)]
    public void Refuses_a_row_with_another_number_of_fields(string instead, int fields)
    {
        _desk.ChangeLine(5, line => instead.Length == 0 ? "-" : line.Replace("frontend-pod", instead, StringComparison.Ordinal));
        _desk.Refuses(
            ExitCode.Failed,
            $"""
            error QN3106: a row has another number of fields than the header
              where   reports/pods.csv line 5 (byte 1,311)
              value   {fields} field{(fields == 1 ? "" : "s")}
              wanted  19 fields, as in the header
              try     look for a missing quote or delimiter in the line
                      export the file again: it may have been cut short
            """);
    }

    [Fact]
    public void Refuses_labels_that_are_not_UTF_8()
    {
        _desk.ChangeLine(5, line => line.Replace("app:frontend", "app:\u00fcber", StringComparison.Ordinal));
        _desk.Refuses(
            ExitCode.Failed,
            """
            error QN2013: the file is not UTF-8
              where   reports/pods.csv line 5 (byte 1,597), column 19 "pod_labels"
              value   "app:�ber|tier:web", byte 0xFC
              try     iconv -f WINDOWS-1252 -t UTF-8 reports/pods.csv   if it comes from a Windows program
            """);
    }

    [Fact]
    public void Refuses_text_after_a_closing_quote()
    {
        _desk.ChangeLine(5, line => line.Replace("frontend-pod", "\"frontend\"-pod", StringComparison.Ordinal));
        _desk.Refuses(
            ExitCode.Failed,
            """
            error QN3107: a field goes on after its closing quote
              where   reports/pods.csv line 5 (byte 1,311), column 5
              value   "frontend"-pod
              try     write "" for a quote that is data
                      export the file again: it may have been cut short
            """);
    }

    [Fact]
    public void Refuses_a_quote_that_is_never_closed()
    {
        _desk.ChangeLine(25, line => line.Replace("frontend-pod", "\"frontend-pod", StringComparison.Ordinal));
        _desk.Refuses(
            ExitCode.Failed,
            """
            error QN2015: a quote is never closed
              where   reports/pods.csv line 25 (byte 7,391)
              try     close it, or double a quote that is data
                      export the file again: it may have been cut short
            """);
    }

    [Fact]
    public void Refuses_line_ends_that_change_within_a_file()
    {
        _desk.ChangeLine(5, line => line + "\r");
        _desk.Refuses(
            ExitCode.Failed,
            """
            error QN3108: a row has another line end than the first one
              where   reports/pods.csv line 5 (byte 1,311), column 19
              value   CRLF, after "app:frontend|tier:web"
              wanted  LF, as in the first line
              try     sed -i 's/\r$//' reports/pods.csv     makes every line end LF
                      put a cell with a line end in quotes
            """);
    }

    [Fact]
    public void Refuses_a_carriage_return_in_a_field_without_quotes()
    {
        _desk.ChangeLine(5, line => line.Replace("frontend-pod", "frontend\rpod", StringComparison.Ordinal));
        _desk.Refuses(
            ExitCode.Failed,
            """
            error QN3108: a row has another line end than the first one
              where   reports/pods.csv line 5 (byte 1,311), column 5
              value   CR, after "frontend"
              wanted  LF, as in the first line
              try     sed -i 's/\r$//' reports/pods.csv     makes every line end LF
                      put a cell with a line end in quotes
            """);
    }

    [Fact]
    public void Refuses_a_report_that_is_UTF_16()
    {
        File.WriteAllText(_desk.Here.Path("reports/pods.csv"), File.ReadAllText(_desk.Here.Path("reports/pods.csv")), Encoding.Unicode);
        _desk.Refuses(
            ExitCode.Failed,
            """
            error QN2013: the file is UTF-16
              where   reports/pods.csv line 1 (byte 0)
              try     iconv -f UTF-16 -t UTF-8 reports/pods.csv
            """);
    }

    [Fact]
    public void Refuses_a_report_that_grows_while_it_is_read()
    {
        var row = File.ReadAllLines(_desk.Here.Path("reports/pods.csv"))[1];
        using var run = new Started(_desk.Here.Folder, Desk.Words("--to", "out.csv", "--quiet"));
        while (!run.HasEnded)
        {
            File.AppendAllText(_desk.Here.Path("reports/pods.csv"), row + "\n");
            Thread.Yield();
        }
        var (code, _, error) = run.Await();
        Assert.Equal(1, code);
        Assert.Matches(
            """
            ^error QN2018: a file changed while it was read
              where   reports/pods.csv
              value   [0-9,]+ bytes at first, [0-9,]+ bytes at the end
              try     run again when the inputs are at rest
            $
            """,
            error);
        Assert.False(File.Exists(_desk.Here.Path("out.csv")));
    }

    [Fact]
    public void Refuses_gzip_that_is_cut_short()
    {
        Gzip();
        using (var file = File.OpenWrite(_desk.Here.Path("reports/pods.csv.gz"))) file.SetLength(300);
        _desk.Refuses(
            ExitCode.Failed,
            """
            error QN2010: the gzip file is cut short
              where   reports/pods.csv.gz, ends at byte 300
              try     fetch or write the file again
                      gzip -dc reports/pods.csv.gz > rescued.csv   what is left of it
            """);
    }

    /// <summary>Engines take such a file as whole, and the rows behind the cut would be missing without a word.</summary>
    [Fact]
    public void Refuses_gzip_that_is_cut_where_a_block_and_a_row_end()
    {
        var text = Encoding.ASCII.GetBytes(Rows(4_000));
        var cut = 0;
        using (var file = File.Create(_desk.Here.Path("reports/many.csv.gz")))
        {
            using var gzip = new GZipStream(file, CompressionLevel.Optimal, leaveOpen: true);
            var half = text.AsSpan(0, text.Length / 2).LastIndexOf((byte)'\n') + 1;
            gzip.Write(text.AsSpan(0, half));
            gzip.Flush();
            cut = (int)file.Position;
            gzip.Write(text.AsSpan(half));
        }
        using (var file = File.OpenWrite(_desk.Here.Path("reports/many.csv.gz"))) file.SetLength(cut);
        _desk.Refuses(
            ExitCode.Failed,
            $"""
            error QN2010: the gzip file is cut short
              where   reports/many.csv.gz, ends at byte {cut:N0}
              try     fetch or write the file again
                      gzip -dc reports/many.csv.gz > rescued.csv   what is left of it
            """);
    }

    [Fact]
    public void Refuses_gzip_whose_checksum_is_wrong()
    {
        Write("reports/many.csv", Rows(4_000));
        _desk.Here.Bash("gzip -n reports/many.csv").Is(ExitCode.Done);
        using (var file = File.Open(_desk.Here.Path("reports/many.csv.gz"), FileMode.Open))
        {
            file.Seek(-8, SeekOrigin.End);
            var first = file.ReadByte();
            file.Seek(-8, SeekOrigin.End);
            file.WriteByte((byte)(first ^ 1));
        }
        var size = new FileInfo(_desk.Here.Path("reports/many.csv.gz")).Length;
        _desk.Refuses(
            ExitCode.Failed,
            $"""
            error QN2011: the gzip file is damaged
              where   reports/many.csv.gz, at or before byte {size:N0}
              try     fetch or write the file again
            """);
    }

    [Fact]
    public void Refuses_gzip_that_something_else_follows()
    {
        Gzip();
        _desk.Here.Bash("printf garbage >> reports/pods.csv.gz; stat -c %s reports/pods.csv.gz >size").Is(ExitCode.Done);
        var ended = _desk.Summarize("--to", "out.csv", "--quiet");
        Assert.Equal(1, ended.Code);
        Assert.StartsWith("error QN2012: something that is not gzip follows the gzip data\n  where   reports/pods.csv.gz, before byte ",
            ended.Error, StringComparison.Ordinal);
        Assert.False(File.Exists(_desk.Here.Path("out.csv")));
    }

    [Fact]
    public void Refuses_a_plain_file_that_is_called_gzip()
    {
        File.Move(_desk.Here.Path("reports/pods.csv"), _desk.Here.Path("reports/pods.csv.gz"));
        _desk.Refuses(
            ExitCode.Failed,
            """
            error QN2011: not a gzip file
              where   reports/pods.csv.gz, its first bytes are not those of gzip
              try     remove .gz from the name if it is not compressed
            """);
    }

    [Theory]
    [InlineData(-10, "Invalid Input Error: No magic bytes found at end of file 'PATH'")]
    [InlineData(0, "Invalid Input Error: File 'PATH' too small to be a Parquet file")]
    public void Refuses_Parquet_that_is_cut_short(int length, string reason)
    {
        var path = Parquet("select * from read_csv('PODS', all_varchar = true)");
        var size = new FileInfo(path).Length;
        using (var file = File.OpenWrite(path)) file.SetLength(length < 0 ? size + length : length);
        _desk.Refuses(
            ExitCode.Failed,
            $"""
            error QN3105: the file is not a whole Parquet file
              where   reports/pods.parquet ({new FileInfo(path).Length} bytes)
              value   {reason.Replace("PATH", path, StringComparison.Ordinal)}
              try     copy it again: a download or upload may have stopped half way
                      leave the file out of --input
            """);
    }

    [Fact]
    public void Refuses_Parquet_with_a_damaged_page_among_whole_files()
    {
        var path = Parquet(PodsTyped);
        File.Copy(path, _desk.Here.Path("reports/a.parquet"));
        using (var file = File.OpenWrite(path))
        {
            file.Seek(60, SeekOrigin.Begin);
            for (var i = 0; i < 400; i++) file.WriteByte(0xff);
        }
        var ended = _desk.Summarize("--to", "out.csv", "--quiet");
        Assert.Equal(1, ended.Code);
        Assert.StartsWith(
            "error QN3105: the file is not a whole Parquet file\n  where   reports/pods.parquet (", ended.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Refuses_Parquet_in_which_a_quantity_is_text()
    {
        Parquet("select * replace (interval_start[:19]::timestamp as interval_start) from read_csv('PODS', all_varchar = true)");
        _desk.Refuses(
            ExitCode.Failed,
            """
            error QN3110: a column has a type that cannot be read as what it should be
              where   reports/pods.parquet, column "pod_usage_cpu_core_seconds"
              value   VARCHAR
              wanted  a number
              try     write the file again with the types of the operator's reports
                      --input the CSV files that it was made from
            """);
    }

    [Fact]
    public void Refuses_Parquet_in_which_the_time_is_text()
    {
        Parquet("select * from read_csv('PODS', all_varchar = true)");
        _desk.Refuses(
            ExitCode.Failed,
            """
            error QN3110: a column has a type that cannot be read as what it should be
              where   reports/pods.parquet, column "interval_start"
              value   VARCHAR
              wanted  a timestamp
              try     write the file again with the types of the operator's reports
                      --input the CSV files that it was made from
            """);
    }

    /// <summary>What a file of pods in the lake looks like, out of the report in CSV.</summary>
    const string PodsTyped = """
        select * replace (interval_start[:19]::timestamp as interval_start) from read_csv('PODS',
            types = {'interval_start': 'varchar', 'report_period_start': 'varchar'})
        """;

    void RefusesInput(ExitCode code, string error, string input) => _desk.RefusesWords(
        code, error, "openshift", "summarize", "--params", "month.json", "--input", input, "--to", "out.csv");

    void Write(string name, string text) => File.WriteAllText(_desk.Here.Path(name), text);

    void Gzip() => _desk.Here.Bash("gzip -n reports/pods.csv").Is(ExitCode.Done);

    /// <summary>A report of pods with rows that differ, so that it does not compress to nothing.</summary>
    string Rows(int count)
    {
        var lines = File.ReadAllLines(_desk.Here.Path("reports/pods.csv"));
        var random = new Random(7);
        var rows = Enumerable.Range(0, count)
            .Select(i => lines[1 + (i % 24)].Replace("25920.0", $"{random.NextInt64():D19}e-9", StringComparison.Ordinal));
        return string.Join('\n', rows.Prepend(lines[0])) + "\n";
    }

    /// <summary>Puts the report of pods into Parquet, in the place of the CSV file.</summary>
    string Parquet(string query)
    {
        var csv = _desk.Here.Path("reports/pods.csv");
        var path = _desk.Here.Path("reports/pods.parquet");
        using var duck = new Duck();
        duck.Run($"copy ({query.Replace("PODS", csv, StringComparison.Ordinal)}) to {Sql.Text(path)} (format parquet)");
        File.Delete(csv);
        return path;
    }
}
