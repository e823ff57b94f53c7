namespace Quern.Tests.Converting;

public sealed class VerificationTests : IDisposable
{
    readonly Desk _desk = new();

    public void Dispose() => _desk.Dispose();

    [Theory]
    [InlineData("out.parquet")]
    [InlineData("out.arrow")]
    [InlineData("out.csv")]
    [InlineData("out.csv.gz")]
    [InlineData("out.duckdb")]
    public void Rows_that_are_others_the_second_time_are_found_out(string output)
    {
        _desk.WriteOrders("o.csv", 20_000);
        var message = _desk.Fault("o.csv", output, r => r with { Verify = true, Where = "random() < 0.5" });
        Assert.StartsWith($"error QN8107: the output does not hold what was read\n  where   {output}\n  value   rows ", message, StringComparison.Ordinal);
        Assert.Equal(["o.csv"], _desk.Folder.Names());
    }

    [Fact]
    public void What_Parquet_cannot_hold_is_found_out_and_the_old_file_stays()
    {
        _desk.Sql("attach '@/in.duckdb' as d; create table d.t as select 1 as id, interval '1.000001 seconds' as wait; detach d");
        _desk.Folder.Write("out.parquet", "old");
        Assert.StartsWith(
            "error QN8107: the output does not hold what was read\n  where   out.parquet\n  value   column \"wait\", checksum ",
            _desk.Fault("in.duckdb", "out.parquet", r => r with { Verify = true }), StringComparison.Ordinal);
        Assert.Equal("old", File.ReadAllText(_desk.Folder["out.parquet"]));
        _desk.Convert("in.duckdb", "out.arrow", r => r with { Verify = true });
    }

    [Fact]
    public void A_table_in_a_database_that_exists_is_compared_before_it_is_there()
    {
        _desk.WriteOrders("o.csv", 5_000);
        _desk.Convert("o.csv", "out.duckdb:t", r => r with { Verify = true });
        var old = _desk.Bytes("out.duckdb");
        Assert.StartsWith("error QN8107: ", _desk.Fault("o.csv", "out.duckdb:t", r => r with { Verify = true, Where = "random() < 0.5" }), StringComparison.Ordinal);
        _desk.Convert("o.csv", "out.duckdb:u", r => r with { Verify = true });
        _desk.Convert("out.duckdb:t", "t.csv");
        _desk.Convert("out.duckdb:u", "u.csv");
        Assert.NotEmpty(old);
        Assert.Equal(_desk.Bytes("u.csv"), _desk.Bytes("t.csv"));
    }

    [Fact]
    public void Rows_that_were_set_aside_are_not_missed()
    {
        _desk.Folder.Write("o.csv", "id,day\n1,2026-01-01\n2,2026-01-02,x\n3,2026-01-03\n");
        var report = _desk.Convert("o.csv", "out.parquet", r => r with { Verify = true, Rejects = "bad.csv" });
        Assert.Equal((3L, 2L, 0L, 1L, 2L, ExitCode.DoneWithRejects), (report.Read, report.Kept, report.Filtered, report.Rejected, report.Written, report.ExitCode));
        Assert.Equal(["1|2026-01-01", "3|2026-01-03"], _desk.Rows("from '@/out.parquet'"));
        Assert.Equal(["o.csv|3|2,2026-01-02,x"], _desk.Rows("select source, line, raw from read_csv('@/bad.csv', all_varchar = true)"));
    }
}
