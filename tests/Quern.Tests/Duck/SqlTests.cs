using Quern.Duck;
using Quern.Tests.Files;

namespace Quern.Tests.Duck;

public sealed class SqlTests : IDisposable
{
    readonly ScratchFolder _scratch = new();
    readonly DuckSession _duck = TestDuck.Memory();

    public void Dispose()
    {
        _duck.Dispose();
        _scratch.Dispose();
    }

    [Theory]
    [InlineData("")]
    [InlineData("it's")]
    [InlineData("a\0b\0")]
    [InlineData("\0")]
    [InlineData("☃ \\ \n \" $1")]
    public void Quotes_a_text_so_that_it_stays_the_same(string text) =>
        Assert.Equal(text, _duck.Scalar<string>($"select {Sql.Text(text)}"));

    [Theory]
    [InlineData("plain.csv")]
    [InlineData("a*b.csv")]
    [InlineData("a?b[1].csv")]
    [InlineData("[ab].csv")]
    [InlineData("it's {x,y}.csv")]
    [InlineData("back\\slash.csv")]
    public void Names_one_file_to_the_engine_whatever_its_name(string name)
    {
        _scratch.Write("axb.csv", "n\n1\n");
        _scratch.Write("a1b1.csv", "n\n2\n");
        _scratch.Write("a.csv", "n\n3\n");
        var path = _scratch.Write(name, "n\n42\n");
        Assert.Equal(42, _duck.Scalar<long>($"select sum(n)::bigint from read_csv({Sql.Files([path])})"));
    }

    [Fact]
    public void Refuses_a_name_that_the_engine_has_no_spelling_for() => Assert.Equal(
        "error QN2017: a path cannot have a backslash together with one of * ? [\n" +
        "  where   /a\\b/c[1].csv\n" +
        "  try     rename the file or the folder",
        ScratchFolder.FaultOf(() => Sql.File("/a\\b/c[1].csv")).ToString());
}
