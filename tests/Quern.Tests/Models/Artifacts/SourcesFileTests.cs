using System.Text.Json;
using Quern.Jinja.Values;
using Quern.Models.Artifacts;
using Quern.Models.Freshness;
using Quern.Projects;
using Quern.Projects.Nodes;

namespace Quern.Tests.Models.Artifacts;

public sealed class SourcesFileTests : IDisposable
{
    readonly TestProject _project = new();

    public void Dispose() => _project.Dispose();

    [Fact]
    public void Neither_a_fault_nor_a_filter_shows_a_secret()
    {
        var project = WithSecret();
        var results = new FreshnessCheck(project, _project.Warehouse).Run(
            [Source("orders", "x", "tenant = 'hushhush'"), Source("gone", "hushhush", null)], (_, _) => { }, (_, _) => { });
        Assert.Equal([FreshnessStatus.Pass, FreshnessStatus.RuntimeError], results.Select(r => r.Status));
        var text = File.ReadAllText(SourcesFile.Write(project, results, 1));
        Assert.Contains("tenant = '*****'", text, StringComparison.Ordinal);
        Assert.DoesNotContain("hushhush", text, StringComparison.Ordinal);
        using var document = JsonDocument.Parse(text);
        Assert.Equal(2, document.RootElement.GetProperty("results").GetArrayLength());
    }

    [Fact]
    public void A_catalog_shows_no_secret_that_stands_in_a_comment()
    {
        var model = _project.Model("orders", "select 1 as x");
        var project = WithSecret();
        _project.Execute("comment on table orders is 'of hushhush'");
        using var session = _project.Warehouse.Connect();
        var text = File.ReadAllText(CatalogFile.Write(project, session));
        Assert.Contains(model.Id, text, StringComparison.Ordinal);
        Assert.Contains("\"of *****\"", text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_last_row_from_a_year_beyond_9999_is_fresh_and_one_from_before_the_year_1_is_not()
    {
        var project = WithSecret();
        _project.Execute("create table late as select timestamp '20000-01-01' as x");
        _project.Execute("create table early as select timestamp '0044-03-15 (BC)' as x");
        var results = new FreshnessCheck(project, _project.Warehouse).Run(
            [Source("late", "x", null), Source("early", "x", null)], (_, _) => { }, (_, _) => { });
        Assert.Equal([FreshnessStatus.Pass, FreshnessStatus.Error], results.Select(r => r.Status));
    }

    LoadedProject WithSecret()
    {
        _project.Execute("create table orders as select now() as x, 'hushhush' as tenant");
        var project = _project.Load();
        return project with { Invocation = project.Invocation with { Secrets = Secrets.Of([new("DBT_ENV_SECRET_TENANT", "hushhush")]) } };
    }

    static SourceTable Source(string name, string field, string? filter) => new()
    {
        Id = $"source.shop.raw.{name}",
        Name = name,
        Package = "shop",
        File = "models/sources.yml",
        Path = ["shop", "raw", name],
        Source = "raw",
        Database = "memory",
        Schema = "main",
        Identifier = name,
        LoadedAtField = field,
        Freshness = new Dict { ["error_after"] = new Dict { ["count"] = 1000L, ["period"] = "day" }, ["filter"] = filter },
    };
}
