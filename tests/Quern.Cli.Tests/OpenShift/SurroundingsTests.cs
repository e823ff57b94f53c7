namespace Quern.Cli.Tests.OpenShift;

/// <summary>What the command is started in, not what it is told.</summary>
public sealed class SurroundingsTests : IDisposable
{
    readonly Desk _desk = new();

    public void Dispose() => _desk.Dispose();

    [Theory]
    [InlineData("env -i DOTNET_ROOT=\"${DOTNET_ROOT:-}\" PATH=\"$PATH\"")]
    [InlineData("env TMPDIR= HOME=/nonexistent")]
    [InlineData("env TMPDIR=\"$PWD/made/on/demand\"")]
    [InlineData("env LC_ALL=tr_TR.UTF-8 LANG=de_DE.UTF-8 TZ=America/St_Johns")]
    [InlineData("nice")]
    public void Works_in_an_odd_environment(string prefix)
    {
        _desk.Here.Bash($"{prefix} \"$quern\" {Words("--to out.csv --quiet")}").Is(ExitCode.Done);
        Assert.Equal(3, File.ReadAllLines(_desk.Here.Path("out.csv")).Length);
    }

    [Theory]
    [InlineData("--threads 64")]
    [InlineData("--threads 1 --memory 160MB")]
    [InlineData("--threads=100 --memory=1GB")]
    [InlineData("--memory 9223372036854775807")]
    public void Works_with_odd_limits(string limits) =>
        _desk.Here.Bash($"\"$quern\" {Words($"--to out.csv --quiet {limits}")}").Is(ExitCode.Done);

    [Fact]
    public void Refuses_a_limit_that_is_too_small_for_the_job()
    {
        var ended = _desk.Summarize("--memory", "100MB", "--to", "out.csv", "--quiet");
        Assert.Matches(
            """
            ^error QN9002: the memory limit is too small for this job
              where   --memory
              value   100 MB
              wanted  ([0-9]+)MB or more
              try     --memory \1MB
            $
            """, ended.Error);
        Assert.Equal(4, ended.Code);
        Assert.False(File.Exists(_desk.Here.Path("out.csv")));
    }

    [Fact]
    public void Refuses_a_limit_below_what_any_run_needs()
    {
        var ended = _desk.Summarize("--memory", "50MB", "--to", "out.csv", "--quiet", "--json");
        Assert.Equal(4, ended.Code);
        Assert.Equal(
            ("QN9002", 4), (ended.Json.GetProperty("error").GetProperty("code").GetString(), ended.Json.GetProperty("exit_code").GetInt32()));
    }

    [Fact]
    public void Refuses_a_place_for_temporary_files_that_is_a_file() => _desk.Refuses(
        ExitCode.Usage,
        $"""
        error QN9031: no spill directory can be made
          where   {_desk.Here.Path("month.json")}
          value   The file '{_desk.Here.Path("month.json")}' already exists.
          wanted  a local directory that can be written to
          try     name another directory
                  set TMPDIR to one
        """,
        "--to", "out.csv", "--temp", "month.json");

    [Fact]
    public void Says_so_when_the_folder_it_is_started_in_is_gone() => _desk.Here.Bash(
        "mkdir gone; cd gone; rmdir ../gone; "
        + $"\"$quern\" openshift summarize --params '{_desk.Here.Path("month.json")}' --input '{_desk.Here.Path("reports")}' --to out.csv").Is(
        ExitCode.Usage,
        error:
        $"""
        error QN8001: the folder of the output does not exist
          where   out.csv
          try     mkdir -p {_desk.Here.Path("gone")}

        """);

    [Fact]
    public void Fails_when_the_report_has_no_place_and_says_that_the_outputs_have()
    {
        File.WriteAllText(_desk.Here.Path("file"), "");
        _desk.Summarize("--to", "out.csv", "--report", "file/run.json", "--quiet").Is(
            ExitCode.Failed,
            error:
            $"""
            error QN9006: the report cannot be written
              where   {_desk.Here.Path("file/run.json")}
              value   The file '{_desk.Here.Path("file")}' already exists.
              try     --report FILE     a file in a folder you may write to

            """);
        Assert.True(File.Exists(_desk.Here.Path("out.csv")));
    }

    [Fact]
    public void Writes_the_report_to_a_device_and_leaves_it_one()
    {
        _desk.Makes("--to", "out.csv", "--report", "/dev/null");
        _desk.Here.Bash("[ -c /dev/null ] && ls").Is(ExitCode.Done, "month.json\nout.csv\nreports\n");
    }

    [Theory]
    [InlineData(">&-", 1, "Bad file descriptor")]
    [InlineData(">/dev/full", 1, "No space left on device")]
    public void Fails_when_JSON_cannot_be_written(string redirection, int code, string reason)
    {
        var ended = _desk.Here.Bash($"'{Workdir.Root}/quern' {Words("--to out.csv --json --quiet")} {redirection}");
        Assert.Equal(
            (code, $"error QN9008: standard output cannot be written\n  value   {reason}\n"
                + "  try     quern ... >FILE     a file on a disk with room\n"),
            (ended.Code, ended.Error));
        Assert.Equal(3, File.ReadAllLines(_desk.Here.Path("out.csv")).Length);
    }

    [Theory]
    [InlineData("2>&-")]
    [InlineData("<&- >&- 2>&-")]
    [InlineData("2>/dev/full")]
    public void Works_when_nobody_can_be_told(string redirection)
    {
        _desk.Here.Bash($"'{Workdir.Root}/quern' {Words("--to out.duckdb --to out.csv")} {redirection}").Is(ExitCode.Done);
        Assert.Equal(3, File.ReadAllLines(_desk.Here.Path("out.csv")).Length);
        using var database = new Duck(_desk.Here.Path("out.duckdb"));
        Assert.Equal(["2"], database.Rows("select count(*) from reporting_ocpusagelineitem_daily_summary"));
    }

    [Fact]
    public void Refuses_outputs_where_this_user_may_not_write()
    {
        Directory.CreateDirectory(_desk.Here.Path("mine"));
        File.WriteAllText(_desk.Here.Path("locked.csv"), "old");
        AsNobody("--to mine/out.csv").Is(
            ExitCode.Usage,
            error:
            $"""
            error QN8002: permission denied: its folder is not writable
              where   mine/out.csv
              try     ls -ld {_desk.Here.Path("mine")} {_desk.Here.Path("mine/out.csv")}
                      choose another place

            """);
        AsNobody("--to locked.csv").Is(
            ExitCode.Usage,
            error:
            $"""
            error QN8002: permission denied: the file is not writable
              where   locked.csv
              try     ls -ld {_desk.Here.Folder} {_desk.Here.Path("locked.csv")}
                      choose another place

            """);
        Assert.Equal("old", File.ReadAllText(_desk.Here.Path("locked.csv")));
    }

    [Fact]
    public void Refuses_reports_that_this_user_may_not_read()
    {
        _desk.Here.Bash("chmod 600 reports/pods.csv; mkdir -m 777 theirs").Is(ExitCode.Done);
        AsNobody("--to theirs/out.csv").Is(
            ExitCode.Usage,
            error:
            $"""
            error QN2004: permission denied
              where   reports/pods.csv
              try     ls -ld {_desk.Here.Path("reports/pods.csv")}
                      chmod +r {_desk.Here.Path("reports/pods.csv")}

            """);
    }

    [Fact]
    public void Works_in_a_folder_that_it_may_not_write_to()
    {
        _desk.Here.Bash("mkdir -m 777 theirs").Is(ExitCode.Done);
        AsNobody("--to theirs/out.csv --to theirs/out.duckdb --to theirs/lake/").Is(ExitCode.Done);
        Assert.Equal(3, File.ReadAllLines(_desk.Here.Path("theirs/out.csv")).Length);
    }

    /// <summary>Root may write anywhere, so that the command is run as somebody else.</summary>
    Ended AsNobody(string more)
    {
        Assert.SkipUnless(Environment.IsPrivilegedProcess, "only root can become another user");
        _desk.Here.Bash("chmod 755 .").Is(ExitCode.Done);
        return _desk.Here.Bash(
            $"setpriv --reuid=65534 --regid=65534 --clear-groups env HOME=/nonexistent \"$quern\" {Words($"{more} --quiet")}");
    }

    static string Words(string more) => $"openshift summarize --params month.json --input reports {more}";
}
