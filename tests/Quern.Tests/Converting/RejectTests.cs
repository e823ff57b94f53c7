namespace Quern.Tests.Converting;

public sealed class RejectTests : IDisposable
{
    const int Rows = 200_000;

    readonly Desk _desk = new();

    /// <summary>Every thousandth row has a cell too many, and one a word where the schema wants a number.</summary>
    public RejectTests()
    {
        _desk.Folder.Write("o.csv", "id,n\n" + string.Concat(Enumerable.Range(0, Rows).Select(i => i % 1000 == 7 ? $"{i},{i},x\n" : i == 100_000 ? $"{i},word\n" : $"{i},{i % 10}\n")));
        _desk.Folder.Write("s.yml", "version: 1\ncolumns:\n  - {name: id, type: BIGINT}\n  - {name: n, type: INTEGER}\n");
    }

    public void Dispose() => _desk.Dispose();

    [Theory]
    [InlineData(1, false)]
    [InlineData(3, false)]
    [InlineData(2, true)]
    public void Rows_are_set_aside_counted_and_said(int threads, bool unordered)
    {
        var report = _desk.Convert("o.csv", "out.parquet", r => r with { Schema = "s.yml", Rejects = "bad.csv", Threads = threads, Unordered = unordered });
        Assert.Equal((Rows, Rows - 201L, 0L, 201L, Rows - 201L), (report.Read, report.Kept, report.Filtered, report.Rejected, report.Written));
        Assert.Equal(ExitCode.DoneWithRejects, report.ExitCode);
        Assert.Equal(["QN3001 1", "QN3106 200"], report.Warnings.Select(w => $"{w.Code} {w.Count}").Order());
        Assert.Equal([$"{Rows - 201}|{Rows - 201}"], _desk.Rows("select count(*), count(distinct id) from '@/out.parquet'"));
        Assert.Equal(["201|9|100002"], _desk.Rows("select count(*), min(line::bigint), max(line::bigint) filter (code = 'QN3001') from read_csv('@/bad.csv', all_varchar = true)"));
    }

    [Fact]
    public void A_condition_and_rejects_are_counted_apart()
    {
        var report = _desk.Convert("o.csv", "out.parquet", r => r with { Schema = "s.yml", Rejects = "bad.csv", Where = "id < 1000" });
        Assert.Equal((Rows, 999L, Rows - 999L - 201, 201L), (report.Read, report.Kept, report.Filtered, report.Rejected));
    }

    [Fact]
    public void Without_a_place_for_them_the_first_one_ends_the_run()
    {
        var message = _desk.Fault("o.csv", "out.parquet", r => r with { Schema = "s.yml" });
        Assert.StartsWith("error QN3106: a row has another number of fields than the header\n  where   o.csv line 9 (byte ", message, StringComparison.Ordinal);
        Assert.False(File.Exists(_desk.Folder["out.parquet"]));
    }

    [Theory]
    [InlineData("200")]
    [InlineData("0.1%")]
    public void More_than_are_allowed_end_the_run_and_are_there_to_look_at(string most)
    {
        _desk.Folder.Write("out.parquet", "old");
        var report = _desk.Run("o.csv", "out.parquet", r => r with { Schema = "s.yml", Rejects = "bad.csv", MaxRejects = most });
        Assert.Equal(("QN3005", ExitCode.Failed), (report.Error!.Code, report.ExitCode));
        Assert.Equal("old", File.ReadAllText(_desk.Folder["out.parquet"]));
        Assert.True(File.ReadAllLines(_desk.Folder["bad.csv"]).Length > 200);
    }

    [Fact]
    public void As_many_as_are_allowed_do_not() =>
        Assert.Equal(201, _desk.Convert("o.csv", "out.parquet", r => r with { Schema = "s.yml", Rejects = "bad.csv", MaxRejects = "201" }).Rejected);

    [Fact]
    public void A_limit_alone_is_refused_as_nobody_could_read_what_was_dropped() => Assert.Equal(
        """
        error QN1152: rows may be rejected, and no file takes them
          where   --max-rejects
          value   "201"
          wanted  --rejects with it: no row is dropped that cannot be read afterwards
          try     --rejects rejects.csv --max-rejects 201
                  leave --max-rejects out: the first bad row ends the run
        """, _desk.Fault("o.csv", "out.parquet", r => r with { Schema = "s.yml", MaxRejects = "201" }));

    [Fact]
    public void The_schema_is_no_file_for_rows_that_are_set_aside()
    {
        Assert.Equal(
            """
            error QN1113: an input is replaced by an output
              where   s.yml
              value   --rejects s.yml
              try     write to another place
            """, _desk.Fault("o.csv", "out.parquet", r => r with { Schema = "s.yml", Rejects = "s.yml" }));
        Assert.StartsWith("version: 1\n", File.ReadAllText(_desk.Folder["s.yml"]), StringComparison.Ordinal);
    }

    [Fact]
    public void A_limit_that_is_none_is_refused() => Assert.Equal(
        """
        error QN1005: not a limit of rejected rows
          where   --max-rejects
          value   "many"
          wanted  a number of rows, or 0% to 100%
          try     --max-rejects 100
                  --max-rejects 0.1%
        """, _desk.Fault("o.csv", "out.parquet", r => r with { MaxRejects = "many" }));
}
