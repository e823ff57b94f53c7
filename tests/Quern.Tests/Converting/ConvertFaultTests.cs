
namespace Quern.Tests.Converting;

public sealed class ConvertFaultTests : IDisposable
{
    readonly Desk _desk = new();

    public ConvertFaultTests() => _desk.Folder.Write("o.csv", "id,name\n1,a\n2,b\n");

    public void Dispose() => _desk.Dispose();

    [Fact]
    public void An_ending_must_say_the_kind_of_the_output() => Refuses(
        """
        error QN1110: this kind of output is not known
          where   OUT
          value   "out.xlsx"
          wanted  a name that ends in .parquet, .csv, .csv.gz, .csv.zst, .tsv, .arrow, .duckdb or .sqlite; a folder with --parts or --partition-by
          try     out.parquet
                  out.duckdb:table
        """, "out.xlsx");

    [Fact]
    public void An_address_is_not_repeated_as_it_may_hold_a_password()
    {
        var fault = _desk.Fault("o.csv", "postgres://u:sekret@h/db");
        Assert.Contains("\"postgres://...\"", fault, StringComparison.Ordinal);
        Assert.DoesNotContain("sekret", fault, StringComparison.Ordinal);
    }

    [Fact]
    public void Files_of_several_kinds_are_not_one_table()
    {
        _desk.Sql("copy (select 1 as id) to '@/p.parquet' (format parquet)");
        Assert.StartsWith(
            """
            error QN1143: the inputs are of several kinds
              value   o.csv is CSV, p.parquet is Parquet
              wanted  files of one kind, which are read as one table
            """, _desk.Fault("o.csv p.parquet", "out.csv"), StringComparison.Ordinal);
    }

    [Fact]
    public void A_broken_Parquet_file_is_named()
    {
        _desk.Folder.Write("p.parquet", "no Parquet");
        Assert.Equal(
            """
            error QN3105: the file is not a whole Parquet file
              where   p.parquet
              value   File p.parquet too small to be a Parquet file
              try     copy it again, or leave it out
            """, _desk.Fault("p.parquet", "out.csv"));
    }

    [Theory]
    [InlineData("o.csv", "o.csv")]
    [InlineData("o.csv", "./x/../o.csv")]
    public void An_input_is_not_replaced(string input, string output)
    {
        Assert.Equal(
            $"""
            error QN1113: an input is replaced by an output
              where   {input}
              value   the output {output}
              try     write to another place
            """, _desk.Fault(input, output));
        Assert.Equal("id,name\n1,a\n2,b\n", File.ReadAllText(_desk.Folder["o.csv"]));
    }

    [Fact]
    public void A_quote_that_is_never_closed_is_a_warning_where_nothing_says_how_cells_are_quoted()
    {
        _desk.Folder.Write("q.csv", "id,v\n1,2\n\"4,4\n7,8\n");
        var warning = Assert.Single(_desk.Run("q.csv", "q.parquet").Warnings);
        Assert.Equal("QN4014", warning.Code);
        Assert.EndsWith("never closed: q.csv:3", warning.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_input_is_not_replaced_by_way_of_a_link()
    {
        File.CreateSymbolicLink(_desk.Folder["link.csv"], _desk.Folder["o.csv"]);
        Assert.StartsWith("error QN1113: ", _desk.Fault("o.csv", "link.csv"), StringComparison.Ordinal);
        Assert.StartsWith("error QN1113: ", _desk.Fault("o.csv", "x.parquet", r => r with { Rejects = "link.csv" }), StringComparison.Ordinal);
        Assert.StartsWith("error QN1111: ", _desk.Fault("o.csv", "x.csv", r => r with { Rejects = "x.csv" }), StringComparison.Ordinal);
        Assert.Equal("id,name\n1,a\n2,b\n", File.ReadAllText(_desk.Folder["o.csv"]));
    }

    [Theory]
    [InlineData("QN1146", "--compression")]
    [InlineData("QN1146", "--level")]
    [InlineData("QN1146", "--row-group-size")]
    public void What_does_nothing_for_text_is_refused(string code, string option)
    {
        var message = _desk.Fault("o.csv", "x.csv", r => option switch
        {
            "--compression" => r with { Compression = "zstd" },
            "--level" => r with { Level = 3 },
            _ => r with { RowGroupRows = 5000 },
        });
        Assert.Equal(
            $"""
            error {code}: an option does not go with this kind of output
              where   {option}
              value   x.csv is CSV
              try     name the output .csv.gz or .csv.zst
            """, message);
    }

    [Theory]
    [InlineData("x.parquet", "brotli", null, null, "--compression", "\"brotli\"")]
    [InlineData("x.arrow", "snappy", null, null, "--compression", "\"snappy\"")]
    [InlineData("x.parquet", "snappy", 3, null, "--level", "\"3\"")]
    [InlineData("x.parquet", null, 23, null, "--level", "\"23\"")]
    [InlineData("x.parquet", null, null, 100, "--row-group-size", "\"100\"")]
    [InlineData("x.arrow", null, 3, null, "--level", "\"3\"")]
    public void A_value_that_is_none_is_refused(string output, string? compression, int? level, int? rows, string where, string value)
    {
        var report = _desk.Run("o.csv", output, r => r with { Compression = compression, Level = level, RowGroupRows = rows });
        Assert.Equal(("QN1005", where, value, ExitCode.Usage), (report.Error!.Code, report.Error.Where, report.Error.Value, report.Error.ExitCode));
    }

    [Fact]
    public void The_nearest_column_is_shown() => Assert.Equal(
        """
        error QN1148: the input has no such column
          where   --columns
          value   "nam"
          wanted  id, name
          try     --columns name
        """, _desk.Fault("o.csv", "x.parquet", r => r with { Columns = ["nam"] }));

    [Fact]
    public void A_condition_that_does_not_fit_says_so()
    {
        var fault = _desk.Run("o.csv", "x.parquet", r => r with { Where = "nmae = 'a'" }).Error!;
        Assert.Equal(("QN1147", "--where or --sort", ExitCode.Usage), (fault.Code, fault.Where, fault.ExitCode));
        Assert.Contains("nmae", fault.Value, StringComparison.Ordinal);
        Assert.False(File.Exists(_desk.Folder["x.parquet"]));
    }

    [Fact]
    public void A_database_with_several_tables_wants_a_name()
    {
        _desk.Sql("attach '@/in.duckdb' as d; create table d.one as select 1 as x; create table d.two as select 1 as x; detach d");
        Assert.Equal(
            """
            error QN1141: the database has more or fewer than one table
              where   in.duckdb
              value   one, two
              wanted  the name of one, behind a colon
              try     in.duckdb:one
                      quern peek in.duckdb     lists its tables
            """, _desk.Fault("in.duckdb", "x.csv"));
        Assert.Equal(
            """
            error QN1142: the database has no such table
              where   in.duckdb
              value   "tow"
              try     in.duckdb:two
            """, _desk.Fault("in.duckdb:tow", "x.csv"));
        Assert.StartsWith("error QN1145: several databases", Two(), StringComparison.Ordinal);

        string Two()
        {
            File.Copy(_desk.Folder["in.duckdb"], _desk.Folder["in2.duckdb"]);
            return _desk.Fault("in.duckdb in2.duckdb", "x.csv");
        }
    }

    [Fact]
    public void Options_of_CSV_are_for_CSV()
    {
        _desk.Sql("copy (select 1 as id) to '@/p.parquet' (format parquet)");
        Assert.StartsWith("error QN1144: an option is for CSV, and the input is not\n  where   --rejects\n", _desk.Fault("p.parquet", "x.csv", r => r with { Rejects = "r.csv" }), StringComparison.Ordinal);
        Assert.StartsWith("error QN1144: ", _desk.Fault("p.parquet", "x.csv", r => r with { Hints = new() { HasHeader = true } }), StringComparison.Ordinal);
        Assert.StartsWith("error QN1146: ", _desk.Fault("o.csv", "x.parquet", r => r with { CsvNull = "NULL" }), StringComparison.Ordinal);
        _desk.Folder.Write("s.yml", "version: 1\ncolumns:\n  - {name: id, type: VARCHAR}\n  - {name: name, type: VARCHAR}\n");
        Assert.StartsWith("error QN1149: ", _desk.Fault("o.csv", "x.parquet", r => r with { Schema = "s.yml", Hints = new() { HasHeader = true } }), StringComparison.Ordinal);
        _desk.Convert("o.csv", "x.parquet", r => r with { Schema = "s.yml" });
        Assert.Equal("VARCHAR, VARCHAR", _desk.Types("from '@/x.parquet'"));
    }

    [Fact]
    public void A_failure_on_the_way_leaves_the_output_and_nothing_else()
    {
        _desk.Convert("o.csv", "x.parquet");
        var old = _desk.Bytes("x.parquet");
        _desk.Folder.Write("bad.csv", "id,name\n" + string.Concat(Enumerable.Range(0, 400_000).Select(i => $"{i},n\n")) + "x,y,z\n");
        var names = _desk.Folder.Names();
        Assert.StartsWith("error QN", _desk.Fault("bad.csv", "x.parquet"), StringComparison.Ordinal);
        Assert.Equal(old, _desk.Bytes("x.parquet"));
        Assert.Equal(names, _desk.Folder.Names());
    }

    void Refuses(string message, string output) => Assert.Equal(message, _desk.Fault("o.csv", output));
}
