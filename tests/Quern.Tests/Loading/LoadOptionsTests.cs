using Quern.Delivery;
using Quern.Loading;

namespace Quern.Tests.Loading;

/// <summary>Each option against each kind of destination: it does something there, or is refused.</summary>
public sealed class LoadOptionsTests
{
    const string Server = "postgres://me@127.0.0.1:1/d";

    static readonly (string Name, Func<LoadRequest, LoadRequest> Give, string In)[] Options =
    [
        ("--mode append", r => r with { Mode = LoadMode.Append }, "server light parts"),
        ("--mode create", r => r with { Mode = LoadMode.Create }, "server light parts duck file"),
        ("--mode replace", r => r with { Mode = LoadMode.Replace }, "server light parts duck file"),
        ("--mode merge --key", r => r with { Mode = LoadMode.Merge, Keys = ["a"] }, "server light"),
        ("--mode replace --key", r => r with { Mode = LoadMode.Replace, Keys = ["a"] }, "server light parts"),
        ("--mode create --key", r => r with { Mode = LoadMode.Create, Keys = ["a"] }, "server parts"),
        ("--key", r => r with { Keys = ["a"] }, "parts"),
        ("--key --dedupe", r => r with { Keys = ["a"], Dedupe = "a" }, "server light"),
        ("--dedupe", r => r with { Dedupe = "a" }, ""),
        ("--index", r => r with { Indexes = ["a"] }, "light parts"),
        ("--mode create --index", r => r with { Mode = LoadMode.Create, Indexes = ["a"] }, "server light parts"),
        ("--partition-by", r => r with { PartitionBy = "a:day" }, "server"),
        ("--geometry", r => r with { Geometry = ["a"] }, ""),
        ("--mode create --geometry", r => r with { Mode = LoadMode.Create, Geometry = ["a"] }, "server"),
        ("--drop-z", r => r with { DropZ = true }, "server"),
        ("--on-nul strip", r => r with { StripNul = true }, "server light parts"),
        ("--on-nanos truncate", r => r with { CutNanos = true }, "server"),
        ("--schema-contract evolve", r => r with { Evolves = true }, "server light"),
        ("--decimal real", r => r with { DecimalsAreReal = true }, "light parts"),
        ("--max-rows", r => r with { MaxRows = 5 }, "parts"),
        ("--batch-rows", r => r with { BatchRows = 5 }, "server"),
        ("--connections", r => r with { Connections = 2 }, "server parts"),
        ("--retry-for", r => r with { RetryBudget = TimeSpan.FromSeconds(5) }, "server"),
        ("--lock-timeout", r => r with { LockTimeout = TimeSpan.FromSeconds(5) }, "server light"),
        ("--method copy", r => r with { Method = LoadMethod.Copy }, "server"),
        ("--method copy --connections", r => r with { Method = LoadMethod.Copy, Connections = 4 }, ""),
        ("--method async --connections", r => r with { Method = LoadMethod.Async, Connections = 4 }, "server"),
        ("--method standard", r => r with { Method = LoadMethod.Standard }, "server"),
        ("--method standard --batch-rows", r => r with { Method = LoadMethod.Standard, BatchRows = 5 }, ""),
        ("--method optimized", r => r with { Method = LoadMethod.Optimized }, "server light parts"),
        ("--method single_file", r => r with { Method = LoadMethod.SingleFile }, "light parts"),
        ("--allow-empty", r => r with { AllowEmpty = true }, "server light parts duck file"),
        ("--rejects", r => r with { Rejects = "bad.csv" }, "server light parts duck file"),
    ];

    static readonly (string Place, string To)[] Places =
        [("server", Server), ("light", "a.sqlite"), ("parts", "a.sqlite/"), ("duck", "a.duckdb"), ("file", "a.parquet"), ("file", "a.csv"), ("file", "a.arrow")];

    public static TheoryData<string, string, bool> Pairs()
    {
        var data = new TheoryData<string, string, bool>();
        foreach (var (name, _, known) in Options)
            foreach (var (place, to) in Places) data.Add(name, to, known.Split(' ').Contains(place));
        return data;
    }

    [Theory]
    [MemberData(nameof(Pairs))]
    public void An_option_does_something_or_is_refused(string option, string to, bool isTaken)
    {
        var request = Options.Single(o => o.Name == option).Give(new LoadRequest { BaseDirectory = "/tmp", Inputs = ["x.csv"], To = to, Table = "t" });
        if (isTaken)
        {
            LoadTarget.Of(request);
            return;
        }
        var fault = Assert.Throws<QuernException>(() => LoadTarget.Of(request)).Fault;
        Assert.Equal(("QN1146", ExitCode.Usage), (fault.Code, fault.ExitCode));
        Assert.NotNull(fault.Where);
        Assert.StartsWith("--", fault.Where, StringComparison.Ordinal);
        Assert.NotEmpty(fault.Wanted!);
    }

    [Fact]
    public void Every_option_of_the_table_is_tried()
    {
        var tried = Options.Select(o => o.Name).ToList();
        foreach (var entry in LoadOptions.ByPlace.Concat(LoadOptions.ByOthers))
            Assert.Contains(tried, t => t.Contains(entry.Name.Split(' ')[0], StringComparison.Ordinal));
    }

    [Fact]
    public void An_order_ends_no_statement() => Assert.Equal("QN1005", Assert.Throws<QuernException>(() => LoadTarget.Of(new LoadRequest
    {
        BaseDirectory = "/tmp",
        Inputs = ["x.csv"],
        To = Server,
        Table = "t",
        Mode = LoadMode.Merge,
        Keys = ["a"],
        Dedupe = "a; commit",
    })).Fault.Code);

    [Fact]
    public void A_column_of_shapes_is_named_once() => Assert.Equal("QN1005", Assert.Throws<QuernException>(() => LoadTarget.Of(new LoadRequest
    {
        BaseDirectory = "/tmp",
        Inputs = ["x.csv"],
        To = Server,
        Table = "t",
        Mode = LoadMode.Create,
        Geometry = ["a", "A:4326"],
    })).Fault.Code);
}
