
using Quern.Projects.Selection;
using Quern.Tests.Projects.Artifacts;

namespace Quern.Tests.Projects.Selection;

public sealed class ResourceListTests
{
    static readonly Sketch Shop = new Sketch()
        .Source("files", "rates").Seed("raw")
        .Model("staging/stg", ["raw"], tags: "hourly")
        .Model("marts/fct", ["stg"], version: 2L)
        .Test("unique", "stg", "id").UnitTest("adds_up", "stg").Exposure("board", "stg");

    [Theory]
    [InlineData(ListForm.Selector, "exposure:shop.board|shop.marts.fct.v2|shop.staging.stg|shop.raw|source:shop.files.rates"
        + "|shop.staging.unique_stg_id|unit_test:shop.adds_up")]
    [InlineData(ListForm.Name, "board|fct.v2|stg|raw|files.rates|unique_stg_id|adds_up")]
    [InlineData(ListForm.Path, "models/exposures.yml|models/marts/fct.sql|models/staging/stg.sql|seeds/raw.csv|models/staging/sources.yml"
        + "|models/staging/schema.yml|models/unit.yml")]
    public void Each_form_has_a_line_for_each_resource_in_the_order_of_ids(ListForm form, string lines) =>
        Assert.Equal(lines.Split('|'), ResourceList.Lines(Shop.Manifest.Resources, form, null, () => SketchFacts.Of(Shop.Manifest)));

    [Fact]
    public void Json_shows_the_keys_asked_for_as_python_writes_them()
    {
        var lines = ResourceList.Lines(
            [Shop.Find("stg")], ListForm.Json, ["name resource_type", "depends_on", "nothing"], () => SketchFacts.Of(Shop.Manifest));
        Assert.Equal(
            """{"name": "stg", "resource_type": "model", "depends_on": {"macros": [], "nodes": ["seed.shop.raw"]}}""", Assert.Single(lines));
    }

    [Fact]
    public void Json_shows_the_usual_keys_without_any()
    {
        var lines = ResourceList.Lines(
            [Shop.Find("stg"), Shop.Find("rates")], ListForm.Json, null, () => SketchFacts.Of(Shop.Manifest)).ToList();
        Assert.StartsWith(
            """
            {"name": "stg", "resource_type": "model", "package_name": "shop", "original_file_path": "models/staging/stg.sql",
            """
            + """ "unique_id": "model.shop.stg", "alias": "stg", "config": {"enabled": true, "alias": null""",
            lines[0], StringComparison.Ordinal);
        Assert.EndsWith(""", "depends_on": {"macros": [], "nodes": ["seed.shop.raw"]}}""", lines[0], StringComparison.Ordinal);
        Assert.Contains(""", "source_name": "files",""", lines[1], StringComparison.Ordinal);
    }
}
