using Quern.Duck;

namespace Quern.Cli.Tests.Csv;

/// <summary><c>quern peek</c>.</summary>
public sealed class PeekTests : IDisposable
{
    const string Facts =
        """
        a.csv   CSV   52 bytes   3 rows   delimiter ;   header   types from all rows

        id    INTEGER
        name  VARCHAR
        day   DATE

        """;

    readonly Workdir _here = new();

    public PeekTests() => File.WriteAllText(_here.Path("a.csv"), "id;name;day\n1;\"a, b\";2026-01-31\n2;;\n10;c;2026-02-01\n");

    public void Dispose() => _here.Dispose();

    [Fact]
    public void Shows_columns_to_people_and_rows_as_CSV_to_programs() => _here.Quern("peek", "a.csv").Is(
        ExitCode.Done, "id,name,day\n1,\"a, b\",2026-01-31\n2,,\n10,c,2026-02-01\n", Facts);

    [Fact]
    public void Shows_as_many_rows_as_asked_for_and_nothing_else_when_quiet() =>
        _here.Quern("peek", "a.csv", "-n", "1", "--quiet").Is(ExitCode.Done, "id,name,day\n1,\"a, b\",2026-01-31\n");

    [Fact]
    public void Shows_statistics_of_all_rows() => _here.Quern("peek", "a.csv", "--stats", "-q").Is(
        ExitCode.Done,
        """
        column,type,nulls,min,max,distinct
        id,INTEGER,0,1,10,3
        name,VARCHAR,1,"a, b",c,2
        day,DATE,1,2026-01-31,2026-02-01,2

        """);

    [Fact]
    public void Gives_everything_as_JSON() => _here.Quern("peek", "a.csv", "-n", "2", "--json").Is(
        ExitCode.Done,
        """
        {
          "file": "a.csv",
          "format": "CSV",
          "size_bytes": 52,
          "rows": 3,
          "rows_are_exact": true,
          "remarks": [
            "delimiter ;",
            "header",
            "types from all rows"
          ],
          "columns": [
            {
              "name": "id",
              "type": "INTEGER"
            },
            {
              "name": "name",
              "type": "VARCHAR"
            },
            {
              "name": "day",
              "type": "DATE"
            }
          ],
          "first_rows": [
            {
              "id": "1",
              "name": "a, b",
              "day": "2026-01-31"
            },
            {
              "id": "2",
              "name": null,
              "day": null
            }
          ]
        }

        """);

    [Fact]
    public void Looks_at_the_head_of_a_pipe_that_never_ends()
    {
        var ended = _here.Bash("{ echo id,x; yes 7,word 2>/dev/null; } | \"$quern\" peek - -n 2 -q");
        ended.Is(ExitCode.Done, "id,x\n7,word\n7,word\n");
    }

    [Fact]
    public void Does_not_read_a_long_file_to_show_its_first_rows()
    {
        // A file of 8 GB of nothing behind its head: reading it would take seconds, and end with an error.
        File.WriteAllText(_here.Path("long.csv"), "id,x\n" + string.Concat(Enumerable.Range(0, 400_000).Select(i => $"{i},word\n")));
        using (var file = File.OpenWrite(_here.Path("long.csv"))) file.SetLength(8L << 30);
        var clock = System.Diagnostics.Stopwatch.StartNew();
        var ended = _here.Quern("peek", "long.csv", "-n", "1");
        Assert.Equal((0, "id,x\n0,word\n"), (ended.Code, ended.Output));
        Assert.InRange(clock.Elapsed.TotalSeconds, 0, 20);
    }

    [Fact]
    public void Fits_a_terminal_without_colour()
    {
        if (!File.Exists("/usr/bin/script")) Assert.Skip("not installed: script (util-linux)");
        File.WriteAllText(_here.Path("wide.csv"), string.Join(',', Enumerable.Range(0, 30).Select(i => $"column_{i}")) + "\n" + string.Join(',', Enumerable.Range(0, 30)) + "\n");
        var ended = _here.Bash("script -qec \"stty cols 60; '$quern' peek wide.csv\" /dev/null");
        Assert.Equal(0, ended.Code);
        var lines = ended.Output.ReplaceLineEndings("\n").TrimEnd('\n').Split('\n');
        Assert.Equal(
            [
                "column_0  column_1  column_2  column_3  column_4  column_5",
                "--------  --------  --------  --------  --------  --------",
                "       0         1         2         3         4         5",
                "(24 of 30 columns do not fit: a pipe, or --json, has all)",
            ],
            lines[^4..]);
        Assert.All(lines[^4..], line => Assert.InRange(line.Length, 0, 60));
        Assert.DoesNotContain('\x1b', ended.Output);
    }

    [Fact]
    public void Says_that_another_process_has_the_database()
    {
        using var database = DuckDatabase.Open(new DuckOptions { Path = _here.Path("d.duckdb"), MemoryLimitBytes = 200_000_000, Threads = 1, TempDirectory = "" });
        var ended = _here.Quern("peek", "d.duckdb");
        Assert.Equal((ExitCode.Unreachable, true), ((ExitCode)ended.Code, ended.Error.StartsWith("error QN8103: another process has the database open\n  where   d.duckdb\n", StringComparison.Ordinal)));
    }

    [Fact]
    public void Names_the_nearest_file() => _here.Quern("peek", "b.csv").Is(
        ExitCode.Usage, error: $"error QN2001: no such file or folder\n  where   b.csv ({_here.Folder} holds a.csv)\n  try     a.csv, the nearest name there\n");

    [Theory]
    [InlineData("x")]
    [InlineData("-1")]
    public void Refuses_a_number_of_rows_that_is_none(string rows) => _here.Quern("peek", "a.csv", $"--rows={rows}").Is(
        ExitCode.Usage, error: $"error QN1005: not a number of rows\n  where   --rows\n  value   \"{rows}\"\n  wanted  0 to 1000000\n");
}
