using Quern.Cli.Tests.Shop;

namespace Quern.Cli.Tests.Compatibility;

/// <summary>Refs to the relations of another run.</summary>
public sealed class DeferTests : IDisposable
{
    readonly ProjectDesk _desk = ProjectDesk.Small().Put("profiles.yml",
        """
        small:
          target: dev
          outputs:
            dev: {type: duckdb, path: small.duckdb, schema: dev}
            prod: {type: duckdb, path: small.duckdb, schema: prod}
        """);

    public DeferTests()
    {
        Assert.Equal(0, _desk.Quern("build --target prod --target-path prod").Code);
        _desk.Put("seeds/numbers.csv", "n\n10\n");
    }

    public void Dispose() => _desk.Dispose();

    [Fact]
    public void A_ref_to_what_is_not_here_means_the_other_run()
    {
        Assert.Equal(0, _desk.Quern("run -s total --defer --state prod").Code);
        Assert.Equal("6", One("from dev.total"));
        Assert.Equal(0, _desk.Quern("build -s numbers kept").Code);
        Assert.Equal(0, _desk.Quern("run -s total --defer --state prod").Code);
        Assert.Equal("10", One("from dev.total"));
        Assert.Equal(0, _desk.Quern("run -s total --defer --favor-state --state prod").Code);
        Assert.Equal("6", One("from dev.total"));
    }

    [Fact]
    public void Without_artifacts_nothing_can_be_deferred_to()
    {
        var ended = _desk.Quern("run -s total --defer");
        Assert.Equal(2, ended.Code);
        Assert.StartsWith("error QN7154: the relations of another run are not known without its manifest\n", ended.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_clone_without_artifacts_speaks_of_itself()
    {
        var ended = _desk.Quern("clone");
        Assert.Equal(2, ended.Code);
        Assert.Contains("  where   quern clone\n  try     --state FOLDER with its manifest.json\n", ended.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("defer", ended.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_clone_is_views_of_the_other_run()
    {
        var ended = _desk.Quern("clone --state prod");
        Assert.Equal((0, ""), (ended.Code, ended.Error));
        Assert.Equal("6", One("from dev.total"));
        Assert.Equal("VIEW", One("select table_type from information_schema.tables where table_schema = 'dev' and table_name = 'total'"));
        Assert.Equal("Done. PASS=0 WARN=0 ERROR=0 SKIP=0 NO-OP=3 TOTAL=3", ProjectDesk.Console(_desk.Quern("clone --state prod").Output)[^1]);
    }

    string? One(string query)
    {
        using var database = _desk.Open("small.duckdb");
        return database.Rows(query)[0][0];
    }
}
