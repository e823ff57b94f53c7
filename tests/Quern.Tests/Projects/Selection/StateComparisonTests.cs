using Quern.Jinja.Values;
using Quern.Projects.Artifacts;
using Quern.Projects.Selection;
using Quern.Tests.Projects.Artifacts;

namespace Quern.Tests.Projects.Selection;

public sealed class StateComparisonTests : IDisposable
{
    readonly string _folder = Directory.CreateTempSubdirectory("quern-state-").FullName;

    public StateComparisonTests() => new ManifestWriter(SketchFacts.Of(Make().Manifest)).Write(Path.Combine(_folder, "manifest.json"));

    [Fact]
    public void Nothing_has_changed_in_the_same_project()
    {
        Assert.Equal("", Names(Make(), "modified"));
        Assert.Equal("", Names(Make(), "new"));
        Assert.Equal(Names(Make(), "old"), Names(Make(), "unmodified"));
        Assert.Equal(8, Names(Make(), "old").Split(' ').Length);
    }

    [Fact]
    public void A_new_model_is_new_and_modified_and_not_old()
    {
        var now = Make().Model("fresh", ["stg"]);
        Assert.Equal("fresh", Names(now, "new"));
        Assert.Equal("fresh", Names(now, "modified"));
        Assert.Equal("fresh", Names(now, "modified.body"));
        Assert.DoesNotContain("fresh", Names(now, "old"), StringComparison.Ordinal);
    }

    [Fact]
    public void A_new_source_is_new_and_not_modified()
    {
        var now = Make().Source("files", "more");
        Assert.Equal("more", Names(now, "new"));
        Assert.Equal("", Names(now, "modified"));
    }

    [Fact]
    public void A_change_of_configuration_is_told_from_one_of_the_body_and_one_of_the_relation()
    {
        var now = Make(new Dict { ["unique_key"] = "id", ["meta"] = new Dict { ["a"] = 1L } });
        Assert.Equal("stg", Names(now, "modified"));
        Assert.Equal("stg", Names(now, "modified.configs"));
        Assert.Equal("", Names(now, "modified.body"));
        now = Make(new Dict { ["schema"] = "elsewhere", ["tags"] = new List<object?> { "new" } });
        Assert.Equal("stg", Names(now, "modified"));
        Assert.Equal("stg", Names(now, "modified.relation"));
        Assert.Equal("", Names(now, "modified.configs"));
    }

    [Fact]
    public void Tags_alone_are_no_change() => Assert.Equal("", Names(Make(new Dict { ["tags"] = new List<object?> { "new" } }), "modified"));

    [Fact]
    public void Descriptions_count_when_they_are_persisted()
    {
        var now = Make();
        now.Node("stg").Description = "Other words.";
        Assert.Equal("", Names(now, "modified"));
        now = Make(new Dict { ["persist_docs"] = new Dict { ["relation"] = true } });
        now.Node("stg").Description = "Other words.";
        Assert.Equal("stg", Names(now, "modified.persisted_descriptions"));
    }

    [Fact]
    public void A_contract_that_comes_is_a_change() =>
        Assert.Equal("stg",
            Names(Make(new Dict { ["contract"] = new Dict { ["enforced"] = true, ["alias_types"] = true } }), "modified.contract"));

    [Fact]
    public void Relatives_of_what_changed_can_be_asked_for()
    {
        var now = Make(new Dict { ["unique_key"] = "id" });
        Assert.Equal("board end stg", now.Names(new SelectionRequest
        {
            Select = ["state:modified+"],
            StateFolder = _folder,
            Indirect = IndirectSelection.Empty,
            ExcludeResourceTypes = ["test", "unit_test"],
        }));
    }

    [Fact]
    public void Nodes_are_found_by_how_they_ended()
    {
        File.WriteAllText(Path.Combine(_folder, "run_results.json"),
            """
            {"metadata": {"dbt_schema_version": "https://schemas.getdbt.com/dbt/run-results/v6.json"},
             "results": [{"unique_id": "model.shop.stg", "status": "success"}, {"unique_id": "model.shop.end", "status": "error"}]}
            """);
        Assert.Equal("end",
            Make().Names(new SelectionRequest { Select = ["result:error"], StateFolder = _folder, Indirect = IndirectSelection.Empty }));
        var request = new SelectionRequest
        {
            Select = ["1+result:error,result:error result:error+"],
            StateFolder = _folder,
            ResourceTypes = ["model", "exposure"],
        };
        Assert.Equal("board end", Make().Names(request));
    }

    [Theory]
    [InlineData("state:changed", "QN7152")]
    [InlineData("result:error", "QN7154")]
    public void What_cannot_be_answered_is_an_error(string criterion, string code)
    {
        var error = Assert.Throws<QuernException>(() => Make().Names(new SelectionRequest { Select = [criterion], StateFolder = _folder }));
        Assert.Equal(code, error.Fault.Code);
        Assert.Equal(ExitCode.Usage, error.Fault.ExitCode);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    static Sketch Make(Dict? config = null) => new Sketch().Source("files", "rates").Seed("raw")
        .Model("stg", ["raw"], config: config).Model("end", ["stg", "rates"])
        .Test("unique", "stg", "id").Singular("balanced", "end").UnitTest("adds_up", "end").Exposure("board", "end");

    string Names(Sketch sketch, string state) =>
        sketch.Names(new SelectionRequest { Select = [$"state:{state}"], StateFolder = _folder, Indirect = IndirectSelection.Empty });
}
