using Quern.Budget;
using Quern.Delivery;
using Quern.Running;
using Quern.Tests.Files;

namespace Quern.Tests.Delivery;

public sealed class DispatchTests : IDisposable
{
    readonly Cargo _cargo = new();
    readonly Run _run = new("test", new MemoryLedger(new MemorySize(1_000_000_000)), TimeProvider.System);

    public void Dispose() => _cargo.Dispose();

    [Fact]
    public void Sends_the_table_everywhere_and_reports_what_is_in_place()
    {
        Send(_cargo.Load("(1, 'pear', 1), (1, 'fig', 2)", [1]), "a.csv", "b.parquet", "c.duckdb", "d/");
        var report = _run.Execute(() => { });
        Assert.Equal(
            [("a.csv", "csv", 2L), ("b.parquet", "parquet", 2L), ("c.duckdb", "duckdb", 2L), ("d/", "folder", 2L)],
            report.Outputs.Select(o => (o.Path, o.Kind, o.Rows)));
        Assert.Equal(8, report.Written);
        Assert.Equal(
            ["write a.csv", "write b.parquet", "write c.duckdb", "write d/", "put outputs in place"],
            report.Steps.Select(s => s.Name));
        Assert.Empty(report.Warnings);
    }

    [Fact]
    public void When_one_output_fails_none_of_them_changes()
    {
        Send(_cargo.Load("(1, 'pear', 1)", [1]), "a.csv", "c.duckdb", "d/");
        var before = _cargo.Scratch.Names();
        var text = File.ReadAllText(_cargo.Scratch["a.csv"]);
        Cargo.Change(_cargo.Scratch["c.duckdb"], "alter table goods drop column good");
        var fault = ScratchFolder.FaultOf(
            () => Send(_cargo.Load("(1, 'fig', 1), (2, 'fig', 2)", [1, 2]), "a.csv", "d/", "new.parquet", "c.duckdb"));
        Assert.Equal("QN8104", fault.Code);
        Assert.Equal(before, _cargo.Scratch.Names());
        Assert.Equal(text, File.ReadAllText(_cargo.Scratch["a.csv"]));
        Assert.Equal(3, _run.Execute(() => { }).Outputs.Count);
    }

    [Fact]
    public void Outputs_that_stay_as_they_are_are_named()
    {
        Send(_cargo.Load("(1, 'pear', 1)", [1]), "a.csv", "c.duckdb");
        Send(_cargo.Load("", []), "a.csv", "c.duckdb", "d/", "new.csv");
        var report = _run.Execute(() => { });
        Assert.Equal(
            [
                "QN3212: a.csv stays as it is: there is nothing to write",
                "QN3212: c.duckdb stays as it is: there is nothing to write",
                "QN3212: d/ stays as it is: there is nothing to write",
            ],
            report.Warnings.Select(w => $"{w.Code}: {w.Message}"));
        Assert.Equal("new.csv", report.Outputs[^1].Path);
    }

    void Send(Shipment shipment, params string[] to) =>
        Dispatch.Send(_run, _cargo.Database, shipment, to.Select(t => Destinations.Parse(t, _cargo.Scratch.Path)));
}
