using Quern.Budget;
using Quern.Delivery;
using Quern.Loading;
using Quern.Running;
using Quern.Tests.Files;

namespace Quern.Tests.Loading;

/// <summary>--mode create makes what is not there, and never replaces what is.</summary>
public sealed class CreateTests : IDisposable
{
    readonly ScratchFolder _scratch = new();

    public void Dispose() => _scratch.Dispose();

    [Theory]
    [InlineData("t.csv")]
    [InlineData("t.parquet")]
    [InlineData("t.arrow")]
    [InlineData("t.duckdb")]
    [InlineData("t.sqlite")]
    public void What_is_there_stays(string to)
    {
        var request = Request(to, "select 1 as id");
        Assert.Null(Run(request).Error);
        var before = File.ReadAllBytes(_scratch[to]);
        var fault = Run(Request(to, "select 2 as id")).Error;
        Assert.NotNull(fault);
        Assert.Equal(ExitCode.Usage, fault.ExitCode);
        Assert.Contains("already", fault.What, StringComparison.Ordinal);
        Assert.Equal(before, File.ReadAllBytes(_scratch[to]));
        Assert.Null(Run(request with { Mode = LoadMode.Replace }).Error);
    }

    [Fact]
    public void Another_table_of_a_DuckDB_database_is_made()
    {
        Assert.Null(Run(Request("t.duckdb", "select 1 as id")).Error);
        Assert.Null(Run(Request("t.duckdb", "select 2 as id") with { Table = "other" }).Error);
        Assert.Equal("QN7481", Run(Request("t.duckdb", "select 3 as id") with { Table = "OTHER" }).Error?.Code);
    }

    [Theory]
    [InlineData("t.csv")]
    [InlineData("t.duckdb")]
    public void A_file_that_another_run_makes_meanwhile_stays(string to)
    {
        using var cargo = new Delivery.Cargo();
        var destination = Destinations.Parse(to, cargo.Scratch.Path);
        destination.MustBeNew = true;
        var shipment = cargo.Load("(1, 'pear', 2.5)", [1]) with { Scope = null };
        using (var staged = destination.Stage(cargo.Database, shipment, TestContext.Current.CancellationToken))
        {
            var other = Destinations.Parse(to, cargo.Scratch.Path);
            cargo.Send(other, cargo.Load("(1, 'fig', 1), (2, 'fig', 1)", [1]) with { Scope = null });
            Assert.Equal("QN7481", Assert.Throws<QuernException>(staged!.Commit).Fault.Code);
        }
        Assert.Equal(2, cargo.Read(to.EndsWith("csv", StringComparison.Ordinal) ? $"from '{cargo.Scratch[to]}'" : "from range(2)").Count);
    }

    [Theory]
    [InlineData("folder/", LoadMode.Create)]
    [InlineData("folder", LoadMode.Replace)]
    [InlineData("s3://bucket/t.parquet", LoadMode.Create)]
    public void A_place_that_no_load_can_make_is_refused(string to, LoadMode mode)
    {
        var refused = Assert.Throws<QuernException>(() => Load.Check(Request(to, "select 1 as id") with { Mode = mode }));
        Assert.Equal("QN1146", refused.Fault.Code);
    }

    LoadRequest Request(string to, string query) => new()
    {
        BaseDirectory = _scratch.Path,
        Inputs = [query],
        To = to,
        Table = "t",
        Mode = LoadMode.Create,
    };

    static RunReport Run(LoadRequest request)
    {
        var run = new Run("load", new MemoryLedger(new MemorySize(400_000_000)), TimeProvider.System, TestContext.Current.CancellationToken);
        return run.Execute(() => new Load(run, request).Make());
    }
}
