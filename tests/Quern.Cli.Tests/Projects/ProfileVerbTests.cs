using Quern.Cli.Tests.Shop;

namespace Quern.Cli.Tests.Projects;

/// <summary><c>quern profile</c>.</summary>
public sealed class ProfileVerbTests : IDisposable
{
    readonly ProjectDesk _desk = ProjectDesk.Small().Put(
        "models/pairs.sql", "{{ config(materialized='table') }} select count(*) as n from range(20000) a(i), range(300) b(j)");

    public void Dispose() => _desk.Dispose();

    [Fact]
    public void Shows_the_operators_of_a_model_and_names_a_cross_product()
    {
        var ended = _desk.Quern("profile -q -s pairs");
        Assert.Equal((0, ""), (ended.Code, ended.Error));
        var lines = ended.Output.TrimEnd('\n').Split('\n');
        Assert.Equal("Profile of node 'pairs':", lines[0]);
        Assert.Matches(@"^share +time +rows +operator$", lines[1]);
        Assert.Contains(lines, l => l.Contains("6,000,000", StringComparison.Ordinal) && l.EndsWith("CROSS_PRODUCT", StringComparison.Ordinal));
        Assert.Contains(lines, l => l.StartsWith("hint cross-product: ", StringComparison.Ordinal));
        using var database = _desk.Open("small.duckdb");
        Assert.Equal("6000000", database.Rows("from pairs")[0][0]);
    }

    [Fact]
    public void Gives_the_same_as_JSON()
    {
        var node = _desk.Quern("profile --json -s pairs").Json.GetProperty("nodes")[0];
        Assert.Equal(("model.small.pairs", 0), (node.GetProperty("id").GetString(), node.GetProperty("spilled_bytes").GetInt64()));
        Assert.Equal(1, node.GetProperty("operators").EnumerateArray().Sum(o => o.GetProperty("share").GetDouble()), 6);
        Assert.Contains("cross-product", node.GetProperty("hints").EnumerateArray().Select(h => h.GetProperty("id").GetString()));
    }

    [Fact]
    public void Says_where_the_time_of_a_view_goes_and_wants_a_selection()
    {
        Assert.Equal(0, _desk.Quern("seed").Code);
        _desk.Quern("profile -q -s kept").Is(ExitCode.Done, "Node 'kept' is a view: its time is spent where it is read\n");
        var ended = _desk.Quern("profile");
        Assert.Equal(2, ended.Code);
        Assert.StartsWith("error QN1007: --select is missing\n", ended.Error, StringComparison.Ordinal);
    }
}
