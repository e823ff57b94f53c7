using Quern.Delivery.Csv;
using Quern.Tests.Files;

namespace Quern.Tests.Delivery;

public sealed class CsvFileTests : IDisposable
{
    readonly Cargo _cargo = new();

    public void Dispose() => _cargo.Dispose();

    [Theory]
    [InlineData("", "\"\"", "", @"\N")]
    [InlineData(@"\N", "", @"\N", "\"\\N\"")]
    [InlineData("NULL", "", "NULL", @"\N")]
    public void Null_is_spelled_as_asked_and_a_text_that_looks_like_it_is_in_quotes(
        string nullText, string empty, string isNull, string slashN)
    {
        var output = _cargo.Send(
            File(nullText),
            _cargo.Load(@"(1, '', 1), (1, NULL, NULL), (2, '\N', 0.1), (1, 'a,b', 1e300), (3, E'c""\nd', -0.5)", [1, 2, 3]));
        Assert.Equal(
            "shop,day,good,amount\n" +
            $"{Cargo.Shop},2025-10-01,{empty},1.0\n" +
            $"{Cargo.Shop},2025-10-01,{isNull},{isNull}\n" +
            $"{Cargo.Shop},2025-10-02,{slashN},0.1\n" +
            $"{Cargo.Shop},2025-10-01,\"a,b\",1e+300\n" +
            $"{Cargo.Shop},2025-10-03,\"c\"\"\nd\",-0.5\n",
            System.IO.File.ReadAllText(_cargo.Scratch["goods.csv"]));
        Assert.Equal(
            ("goods.csv", "csv", 5, new FileInfo(_cargo.Scratch["goods.csv"]).Length),
            (output!.Path, output.Kind, output.Rows, output.Bytes));
    }

    [Fact]
    public void The_file_is_replaced_whole_and_not_before_the_commit()
    {
        _cargo.Send(File(), _cargo.Load("(1, 'pear', 1), (2, 'fig', 2)", [1, 2]));
        var old = Text();
        using (var staged = File().Stage(_cargo.Database, _cargo.Load("(1, 'kiwi', 1)", [1]), CancellationToken.None))
        {
            Assert.Equal(old, Text());
            staged!.Commit();
            Assert.Equal($"shop,day,good,amount\n{Cargo.Shop},2025-10-01,kiwi,1.0\n", Text());
        }
        Assert.Equal(["goods.csv", "spill/"], _cargo.Scratch.Names());
    }

    [Fact]
    public void What_is_staged_and_not_committed_leaves_no_trace()
    {
        File().Stage(_cargo.Database, _cargo.Load("(1, 'kiwi', 1)", [1]), CancellationToken.None)!.Dispose();
        Assert.Equal(["spill/"], _cargo.Scratch.Names());
    }

    [Fact]
    public void No_rows_leave_a_file_as_it_is_unless_that_is_allowed()
    {
        _cargo.Send(File(), _cargo.Load("(1, 'pear', 1)", [1]));
        var nothing = _cargo.Load("", []);
        Assert.Null(_cargo.Send(File(), nothing));
        Assert.EndsWith("pear,1.0\n", Text(), StringComparison.Ordinal);
        Assert.Equal(0, _cargo.Send(File(), nothing with { AllowEmpty = true })!.Rows);
        Assert.Equal("shop,day,good,amount\n", Text());
    }

    [Fact]
    public void No_rows_make_a_file_where_there_is_none()
    {
        Assert.Equal(0, _cargo.Send(File(), _cargo.Load("", []))!.Rows);
        Assert.Equal("shop,day,good,amount\n", Text());
    }

    [Fact]
    public void Another_number_of_rows_than_promised_is_a_fault_and_the_old_file_stays()
    {
        _cargo.Send(File(), _cargo.Load("(1, 'pear', 1)", [1]));
        var fault = ScratchFolder.FaultOf(
            () => _cargo.Send(File(), _cargo.Load("(1, 'kiwi', 1), (1, 'fig', 1)", [1]) with { Rows = 1234 }));
        Assert.Equal(
            """
            error QN8101: the destination does not have the rows that were sent
              where   goods.csv
              value   2 rows
              wanted  1,234 rows
              try     run again: the destination is as it was
            """,
            fault.ToString());
        Assert.EndsWith("pear,1.0\n", Text(), StringComparison.Ordinal);
        Assert.Equal(["goods.csv", "spill/"], _cargo.Scratch.Names());
    }

    [Theory]
    [InlineData(",")]
    [InlineData("a\"b")]
    [InlineData("\n")]
    public void Null_cannot_be_spelled_with_what_ends_a_field(string nullText)
    {
        var fault = ScratchFolder.FaultOf(File(nullText).Check);
        Assert.Equal(
            ("QN1114", "--csv-null", $"\"{nullText}\"", ExitCode.Usage),
            (fault.Code, fault.Where, fault.Value, fault.ExitCode));
    }

    CsvFile File(string nullText = "") => new("goods.csv", _cargo.Scratch["goods.csv"], nullText);

    string Text() => System.IO.File.ReadAllText(_cargo.Scratch["goods.csv"]);
}
