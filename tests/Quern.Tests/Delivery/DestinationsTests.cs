using Quern.Delivery;
using Quern.Delivery.Csv;
using Quern.Delivery.DuckDb;
using Quern.Delivery.Folder;
using Quern.Delivery.Parquet;
using Quern.Tests.Files;

namespace Quern.Tests.Delivery;

public sealed class DestinationsTests : IDisposable
{
    readonly ScratchFolder _scratch = new();

    public void Dispose() => _scratch.Dispose();

    [Theory]
    [InlineData("a.duckdb", typeof(DuckDbFile), "a.duckdb")]
    [InlineData("a.parquet", typeof(ParquetFile), "a.parquet")]
    [InlineData("sub/../a.csv", typeof(CsvFile), "a.csv")]
    [InlineData("A.CSV", typeof(CsvFile), "A.CSV")]
    [InlineData("out", typeof(PartitionedFolder), "out")]
    [InlineData("out/", typeof(PartitionedFolder), "out")]
    [InlineData("out.d/", typeof(PartitionedFolder), "out.d")]
    [InlineData("there.csv", typeof(PartitionedFolder), "there.csv")]
    public void The_ending_of_the_name_says_what_is_meant(string to, Type kind, string path)
    {
        Directory.CreateDirectory(_scratch["there.csv"]);
        var destination = Destinations.Parse(to, _scratch.Path);
        Assert.IsType(kind, destination);
        Assert.Equal((to, _scratch[path]), (destination.Name, destination.Path));
    }

    [Fact]
    public void An_absolute_path_stays_what_it_is() =>
        Assert.Equal("/elsewhere/a.csv", Destinations.Parse("/elsewhere/a.csv", _scratch.Path).Path);

    [Theory]
    [InlineData("a.xlsx", ".xlsx")]
    [InlineData("postgres://host/db", "postgres://")]
    [InlineData("", "")]
    public void Anything_else_is_a_fault(string to, string shown) => Assert.Equal(
        $"""
        error QN1110: this kind of output is not known
          where   --to
          value   "{shown}"
          wanted  a name that ends in .duckdb, .sqlite, .parquet or .csv, or a folder
          try     --to summary.duckdb
                  --to summary/  writes a folder for each day
        """,
        ScratchFolder.FaultOf(() => Destinations.Parse(to, _scratch.Path)).ToString());

    [Theory]
    [InlineData(".")]
    [InlineData("./")]
    [InlineData("..")]
    [InlineData("/")]
    public void The_folder_one_is_in_cannot_be_an_output(string to) => Assert.Equal(
        $"""
        error QN1112: the output is the folder you are in, or holds it
          where   --to
          value   "{to}"
          wanted  a folder that can be replaced as a whole
          try     --to summary/     a folder of its own
                  start the command from another folder
        """,
        ScratchFolder.FaultOf(() => Destinations.Parse(to, _scratch.Path)).ToString());

    [Theory]
    [InlineData("two outputs are the same place", "a.csv and ./a.csv", "a.csv", "b.csv", "./a.csv")]
    [InlineData("two outputs are the same place", "a.csv and link/a.csv", "a.csv", "link/a.csv")]
    [InlineData("an output lies in another", "out/a.csv and out", "out", "out/a.csv")]
    [InlineData("an output lies in another", "out/deep/b.parquet and out/", "out/deep/b.parquet", "out/")]
    public void Outputs_that_would_write_over_each_other_are_a_fault(string what, string value, params string[] to)
    {
        File.CreateSymbolicLink(_scratch["link"], ".");
        var outputs = to.Select(t => Destinations.Parse(t, _scratch.Path)).ToList();
        Assert.Equal(
            $"""
            error QN1111: {what}
              where   --to
              value   {value}
              try     name each output once, each in a place of its own
            """,
            ScratchFolder.FaultOf(() => Destinations.CheckDistinct(outputs)).ToString());
    }

    [Fact]
    public void Outputs_side_by_side_are_none() =>
        Destinations.CheckDistinct(
            from to in new[] { "a.csv", "a.csv.parquet", "out", "outer", "a/b.csv" } select Destinations.Parse(to, _scratch.Path));
}
