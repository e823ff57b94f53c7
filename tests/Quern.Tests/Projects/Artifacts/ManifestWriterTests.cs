using System.Diagnostics;
using System.Text.Json;
using Quern.Jinja.Values;
using Quern.Projects.Artifacts;
using Quern.Projects.Nodes;
using Quern.Tests.Projects.Selection;

namespace Quern.Tests.Projects.Artifacts;

public sealed class ManifestWriterTests
{
    static readonly Sketch Shop = Make();

    [Fact]
    public void Names_and_kinds_of_every_field_are_those_of_the_public_schema() =>
        Assert.Empty(PublicSchema.OfManifest(Written(SketchFacts.Of(Shop.Manifest) with
        {
            Macros = [new MacroText("macro.shop.cents", "shop", "cents", "macros/cents.sql", "{% macro cents() %}{% endmacro %}")],
        })));

    [Fact]
    public void Metadata_say_what_wrote_it_and_when()
    {
        var metadata = Written(SketchFacts.Of(Shop.Manifest)).GetProperty("metadata");
        Assert.Equal("https://schemas.getdbt.com/dbt/manifest/v12.json", metadata.GetProperty("dbt_schema_version").GetString());
        Assert.Equal("2024-03-01T06:00:01.000000Z", metadata.GetProperty("generated_at").GetString());
        Assert.Equal("duckdb", metadata.GetProperty("adapter_type").GetString());
        Assert.Equal("fb54f3c5992b96d001bb16e8e92d968d", metadata.GetProperty("project_id").GetString());
    }

    [Fact]
    public void A_model_is_shown_with_what_others_look_for()
    {
        var facts = SketchFacts.Of(Shop.Manifest) with { Compiled = new Dictionary<string, string> { ["model.shop.stg"] = "select 2" } };
        var model = Written(facts).GetProperty("nodes").GetProperty("model.shop.stg");
        Assert.Equal("\"shop\".\"main\".\"stg\"", model.GetProperty("relation_name").GetString());
        Assert.Equal("select 2", model.GetProperty("compiled_code").GetString());
        Assert.Equal("target/compiled/shop/models/staging/stg.sql", model.GetProperty("compiled_path").GetString());
        Assert.Equal("target/run/shop/models/staging/stg.sql", model.GetProperty("build_path").GetString());
        Assert.Equal("shop://models/staging/staging.yml", model.GetProperty("patch_path").GetString());
        Assert.Equal("""{"macros":[],"nodes":["seed.shop.raw","source.shop.files.rates"]}""", model.GetProperty("depends_on").GetRawText());
        Assert.Equal("""[{"name":"raw","package":null,"version":null}]""", model.GetProperty("refs").GetRawText());
        Assert.Equal("""[["files","rates"]]""", model.GetProperty("sources").GetRawText());
        Assert.Equal("""{"name":"sha256","checksum":"c0ffee"}""", model.GetProperty("checksum").GetRawText());
        Assert.Equal("""[{"sql":"select 1","transaction":true,"index":null}]""",
            model.GetProperty("config").GetProperty("post-hook").GetRawText());
        Assert.Equal("Umsätze & „mehr“ <1>", model.GetProperty("columns").GetProperty("Id").GetProperty("description").GetString());
    }

    [Fact]
    public void A_generic_test_says_what_it_tests()
    {
        var test = Written(SketchFacts.Of(Shop.Manifest)).GetProperty("nodes").GetProperty("test.shop.abacus_between_stg_id.0123456789");
        Assert.Equal("id", test.GetProperty("column_name").GetString());
        Assert.Equal("models.stg", test.GetProperty("file_key_name").GetString());
        Assert.Equal("model.shop.stg", test.GetProperty("attached_node").GetString());
        Assert.Equal(
            """{"name":"between","kwargs":{"column_name":"id","model":"{{ get_where_subquery(ref('stg')) }}"},"namespace":"abacus"}""",
            test.GetProperty("test_metadata").GetRawText());
        Assert.Equal("{{ abacus.test_between(**_dbt_generic_test_kwargs) }}", test.GetProperty("raw_code").GetString());
        Assert.Equal(JsonValueKind.Null, test.GetProperty("relation_name").ValueKind);
    }

    [Fact]
    public void Parents_and_children_mirror_each_other()
    {
        var manifest = Written(SketchFacts.Of(Shop.Manifest));
        var (parents, children) = (manifest.GetProperty("parent_map"), manifest.GetProperty("child_map"));
        var edges = parents.EnumerateObject().SelectMany(p =>
            p.Value.EnumerateArray().Select(v => (v.GetString()!, p.Name))).Order().ToList();
        Assert.Equal(edges,
            children.EnumerateObject().SelectMany(c => c.Value.EnumerateArray().Select(v => (c.Name, v.GetString()!))).Order());
        Assert.Equal(Shop.Manifest.Resources.Count(), parents.EnumerateObject().Count());
        Assert.Contains(("seed.shop.raw", "model.shop.stg"), edges);
    }

    [Fact]
    public void A_thousand_models_are_written_about_as_fast_as_they_are_parsed()
    {
        var sketch = new Sketch().Seed("raw");
        for (var i = 0; i < 1000; i++)
            Describe(sketch.Model($"folder{i % 7}/model_{i}", i == 0 ? ["raw"] : [$"model_{i - 1}"]).Node($"model_{i}"));
        var writer = new ManifestWriter(SketchFacts.Of(sketch.Manifest));
        using var stream = new MemoryStream();
        writer.Write(stream);
        var size = stream.Length;
        Assert.True(size > 1000 * 1500, $"{size} bytes");
        var (write, read) = (TimeSpan.MaxValue, TimeSpan.MaxValue);
        for (var i = 0; i < 8; i++)
        {
            stream.SetLength(0);
            var start = Stopwatch.GetTimestamp();
            writer.Write(stream);
            write = TimeSpan.FromTicks(Math.Min(write.Ticks, Stopwatch.GetElapsedTime(start).Ticks));
            start = Stopwatch.GetTimestamp();
            using (JsonDocument.Parse(stream.ToArray()))
                read = TimeSpan.FromTicks(Math.Min(read.Ticks, Stopwatch.GetElapsedTime(start).Ticks));
        }
        Assert.Equal(size, stream.Length);
        // About as long as the runtime takes to parse the same text; the best of eight, as the machine may be busy.
        Assert.True(write < read * 12, $"written in {write.TotalMilliseconds} ms, parsed in {read.TotalMilliseconds} ms");
    }

    static Sketch Make()
    {
        var config = new Dict { ["post-hook"] = new List<object?> { "select 1" }, ["custom"] = 1.5, ["when"] = new DateOnly(2024, 3, 1) };
        var sketch = new Sketch().Source("files", "rates").Seed("raw")
            .Model("staging/stg", ["raw", "rates"], tags: "hourly", config: config, patch: "models/staging/staging.yml")
            .Model("marts/fct", ["stg"], version: 2L, latest: 2L)
            .Test("between", "stg", "id", ns: "abacus").Test("not_null", "rates", "day")
            .Singular("balanced", "fct").UnitTest("adds_up", "stg").Exposure("board", "stg");
        Describe(sketch.Node("stg"));
        sketch.Manifest.Docs["shop.order_status"] = "What became of it.";
        sketch.Manifest.Disabled["model.shop.off"] = new Sketch().Model("off").Node("off");
        return sketch;
    }

    static void Describe(Node node)
    {
        node.Description = "What it is.";
        node.Columns["id"] = new ColumnInfo { Name = "Id", Description = "Umsätze & „mehr“ <1>", DataType = "integer", Quote = true };
    }

    static JsonElement Written(ManifestFacts facts)
    {
        using var stream = new MemoryStream();
        new ManifestWriter(facts).Write(stream);
        stream.Position = 0;
        using var document = JsonDocument.Parse(stream);
        return document.RootElement.Clone();
    }
}
