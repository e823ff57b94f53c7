using System.Diagnostics;
using Quern.Jinja.Values;
using Quern.Projects.Nodes;
using Quern.Projects.Selection;

namespace Quern.Tests.Projects.Selection;

public sealed class NodeSelectorTests
{
    // raw -> stg -> mid -> end, other -> end; a test over stg and other; rates -> mid
    static readonly Sketch Shop = new Sketch()
        .Source("files", "rates")
        .Seed("raw").Seed("extra", tags: "spare")
        .Model("staging/stg", ["raw"], tags: "hourly staging", patch: "models/staging/staging.yml")
        .Model("staging/other", ["extra"], tags: "staging")
        .Model("pricing/mid", ["stg", "rates"], materialized: "ephemeral")
        .Model("marts/end", ["mid", "other"], materialized: "table", config: Meta("level", 2L))
        .Test("unique", "stg", "id")
        .Test("relationships", "stg", "other_id", ["other"])
        .Test("not_null", "rates", "day")
        .Test("between", "end", "total", config: One("severity", "Warn"), ns: "abacus")
        .Singular("balanced", "end")
        .UnitTest("adds_up", "end")
        .Exposure("board", "end");

    [Theory]
    [InlineData("stg", "relationships_stg_other_id stg unique_stg_id")]
    [InlineData("+stg", "raw relationships_stg_other_id stg unique_stg_id")]
    [InlineData("raw+1", "raw relationships_stg_other_id stg unique_stg_id")]
    [InlineData("1+mid", "mid rates relationships_stg_other_id source_not_null_rates_day stg unique_stg_id")]
    [InlineData("mid+", "abacus_between_end_total adds_up balanced board end mid")]
    [InlineData("source:files+1", "mid rates source_not_null_rates_day")]
    [InlineData("@other", "abacus_between_end_total adds_up balanced board end extra mid other rates raw relationships_stg_other_id"
        + " source_not_null_rates_day stg unique_stg_id")]
    public void Signs_around_a_criterion_bring_relatives(string criterion, string names) => Assert.Equal(names, Shop.Names(criterion));

    [Theory]
    [InlineData("tag:hourly", "stg")]
    [InlineData("tag:h*", "stg")]
    [InlineData("path:models/marts", "abacus_between_end_total end")]
    [InlineData("models/marts", "abacus_between_end_total end")]
    [InlineData("models/marts/end.sql", "end")]
    [InlineData("path:models/*/end.sql", "end")]
    [InlineData("path:models/staging/staging.yml", "stg")]
    [InlineData("path:**/marts", "abacus_between_end_total end")]
    [InlineData("end.sql", "end")]
    [InlineData("file:en?", "end")]
    [InlineData("package:this,tag:hourly", "stg")]
    [InlineData("package:sh*,tag:hourly", "stg")]
    [InlineData("shop.staging,tag:hourly", "stg")]
    [InlineData("staging.s*", "stg")]
    [InlineData("shop.s*.stg", "stg")]
    [InlineData("shop.staging.stg", "stg")]
    [InlineData("fqn:*stg", "stg")]
    [InlineData("config.materialized:table", "end")]
    [InlineData("config.meta.kind:hot", "")]
    [InlineData("config.meta.level:2", "")]
    [InlineData("resource_type:seed", "extra raw")]
    [InlineData("access:protected,resource_type:model,tag:hourly", "stg")]
    [InlineData("exposure:board", "board")]
    [InlineData("exposure:shop.b*", "board")]
    [InlineData("unit_test:adds_up", "adds_up")]
    [InlineData("test_type:singular", "balanced")]
    [InlineData("test_type:unit", "adds_up")]
    [InlineData("test_type:generic", "abacus_between_end_total relationships_stg_other_id source_not_null_rates_day unique_stg_id")]
    [InlineData("test_type:data", "abacus_between_end_total balanced relationships_stg_other_id source_not_null_rates_day unique_stg_id")]
    [InlineData("test_name:between", "abacus_between_end_total")]
    [InlineData("config.severity:warn", "abacus_between_end_total")]
    [InlineData("source:files.rates", "rates")]
    [InlineData("source:shop.files.*", "rates")]
    [InlineData("st?", "")]
    [InlineData("*.st?", "stg")]
    public void Methods_find_what_they_are_for(string criterion, string names) =>
        Assert.Equal(names, Shop.Names(new SelectionRequest { Select = [criterion], Indirect = IndirectSelection.Empty }));

    [Fact]
    public void A_config_list_is_searched_and_numbers_are_no_text()
    {
        var file = SelectorFile.Parse("selectors: [{name: two, definition: {method: config.meta.level, value: 2}}]", "selectors.yml");
        Assert.Equal("end", Shop.Names(new SelectionRequest { Selector = "two", Indirect = IndirectSelection.Empty }, "ls", file));
        Assert.Equal("stg", Shop.Names(new SelectionRequest { Select = ["config.tags:hourly"], Indirect = IndirectSelection.Empty }));
    }

    [Theory]
    [InlineData(IndirectSelection.Eager, "stg", "relationships_stg_other_id stg unique_stg_id")]
    [InlineData(IndirectSelection.Cautious, "stg", "stg unique_stg_id")]
    [InlineData(IndirectSelection.Cautious, "stg other", "other relationships_stg_other_id stg unique_stg_id")]
    [InlineData(IndirectSelection.Buildable, "stg", "stg unique_stg_id")]
    [InlineData(IndirectSelection.Buildable, "stg+",
        "abacus_between_end_total adds_up balanced board end mid relationships_stg_other_id stg unique_stg_id")]
    [InlineData(IndirectSelection.Cautious, "stg+",
        "abacus_between_end_total adds_up balanced board end mid relationships_stg_other_id stg unique_stg_id")]
    [InlineData(IndirectSelection.Empty, "stg", "stg")]
    public void Tests_join_as_indirect_selection_says(IndirectSelection indirect, string select, string names) =>
        Assert.Equal(names, Shop.Names(new SelectionRequest { Select = [select], Indirect = indirect }));

    [Fact]
    public void Blanks_and_repetition_unite_commas_intersect_and_exclude_takes_away()
    {
        var request = new SelectionRequest
        {
            Select = ["tag:staging,tag:hourly resource_type:seed", "end"],
            Exclude = ["extra", "test_type:data test_type:unit"],
        };
        Assert.Equal("end raw stg", Shop.Names(request));
    }

    [Fact]
    public void A_criterion_without_a_match_warns_by_its_own_words()
    {
        var result = Shop.Select("run", new SelectionRequest { Select = ["nothing", "tag:hourly,end", "stg"], Exclude = ["none"] });
        Assert.Equal(["stg"], result.Resources.Select(r => r.Name));
        Assert.Equal(
            [
                "The selection criterion 'nothing' does not match any enabled nodes",
                "The selection criterion 'tag:hourly,end' does not match any enabled nodes",
                "The selection criterion 'none' does not match any enabled nodes",
            ],
            result.Warnings);
    }

    [Theory]
    [InlineData("run", "end mid other stg")]
    [InlineData("seed", "extra raw")]
    [InlineData("test", "abacus_between_end_total adds_up balanced relationships_stg_other_id source_not_null_rates_day unique_stg_id")]
    [InlineData("snapshot", "")]
    [InlineData("freshness", "rates")]
    [InlineData("build", "abacus_between_end_total adds_up balanced board end extra mid other raw relationships_stg_other_id"
        + " source_not_null_rates_day stg unique_stg_id")]
    [InlineData("compile", "abacus_between_end_total balanced end extra mid other raw relationships_stg_other_id"
        + " source_not_null_rates_day stg unique_stg_id")]
    public void A_verb_acts_on_its_kinds(string verb, string names) => Assert.Equal(names, Shop.Names(new SelectionRequest(), verb));

    [Fact]
    public void Kinds_can_be_asked_for_and_left_out()
    {
        Assert.Equal("extra raw", Shop.Names(new SelectionRequest { ResourceTypes = ["seed", "snapshot"] }));
        Assert.Equal("board end extra mid other rates raw stg",
            Shop.Names(new SelectionRequest { ExcludeResourceTypes = ["test", "unit_test"] }));
        Assert.Equal("adds_up", Shop.Names(new SelectionRequest { ResourceTypes = ["unit_test", "model"] }, "test"));
        Assert.Equal("adds_up", Shop.Names(new SelectionRequest { ResourceTypes = ["all"], ExcludeResourceTypes = ["test"] }, "test"));
    }

    [Fact]
    public void Parents_come_before_children_and_ephemeral_models_are_not_run_alone()
    {
        var result = Shop.Select("run", new SelectionRequest());
        Assert.Equal(["stg", "other", "mid", "end"], result.Resources.Select(r => r.Name).ToList());
        Assert.Equal(["stg", "other", "end"], result.Runnable.Select(r => r.Name));
    }

    [Fact]
    public void A_model_without_a_query_is_listed_and_never_run()
    {
        var sketch = new Sketch().Model("full");
        var empty = sketch.Node("full");
        sketch.Manifest.Nodes["model.shop.blank"] = new Node(ResourceKind.Model)
        {
            Id = "model.shop.blank",
            Name = "blank",
            Package = "shop",
            PackageFolder = empty.PackageFolder,
            File = "models/blank.sql",
            PathInRoot = "blank.sql",
            Path = ["shop", "blank"],
            RawCode = " \n",
        };
        Assert.Equal("full", sketch.Names(new SelectionRequest(), "run"));
        Assert.Equal("blank full", sketch.Names(new SelectionRequest(), "ls"));
    }

    [Theory]
    [InlineData("old", "v1")]
    [InlineData("latest", "v2")]
    [InlineData("prerelease", "v10")]
    [InlineData("none", "plain")]
    public void Versions_are_told_apart(string version, string wanted)
    {
        var sketch = new Sketch().Model("marts/fct", version: 1L, latest: 2L).Model("marts/fct", version: 2L, latest: 2L)
            .Model("marts/fct", version: 10L, latest: 2L).Model("plain");
        var result = sketch.Select("run", new SelectionRequest { Select = [$"version:{version}"] });
        Assert.Equal(wanted, Assert.Single(result.Resources).Path[^1]);
        Assert.Equal("v2", Assert.Single(sketch.Select("run", new SelectionRequest { Select = ["fct.v2"] }).Resources).Path[^1]);
        Assert.Equal("v2", Assert.Single(sketch.Select("run", new SelectionRequest { Select = ["fct_v2"] }).Resources).Path[^1]);
        Assert.Equal(3, sketch.Select("run", new SelectionRequest { Select = ["fct"] }).Resources.Count);
    }

    [Theory]
    [InlineData("@stg+", "error QN7150: not a selection criterion\n  value   @stg+\n"
        + "  wanted  either @ before or + behind: @ has the descendants already")]
    [InlineData("tga:x", "error QN7151: there is no selection method of this name\n  where   tga:x\n  value   tga\n")]
    [InlineData("test_type:both", "error QN7152: the selection method does not take this value\n  where   test_type:both\n  value   both\n"
        + "  wanted  generic, singular, data or unit")]
    [InlineData("metric:sales", "error QN7153: this selection method is not supported\n  where   metric:sales\n  value   metric\n")]
    [InlineData("state:modified",
        "error QN7154: the selection needs the artifact of an earlier run\n  where   state:modified\n  value   manifest.json\n")]
    [InlineData("resource_type:modle",
        "error QN7157: there is no resource type of this name\n  where   resource_type:modle\n  value   modle\n")]
    public void What_is_no_criterion_is_an_error_that_names_it(string criterion, string message)
    {
        var error = Assert.Throws<QuernException>(() => Shop.Names(criterion));
        Assert.StartsWith(message, error.Fault.ToString(), StringComparison.Ordinal);
        Assert.Equal(ExitCode.Usage, error.Fault.ExitCode);
    }

    [Fact]
    public void Two_thousand_nodes_are_selected_from_in_a_few_milliseconds()
    {
        var sketch = new Sketch();
        for (var i = 0; i < 1000; i++)
        {
            sketch.Manifest.Nodes[$"model.shop.m{i}"] = New(i);
            if (i % 2 == 0) sketch.Manifest.Nodes[$"test.shop.t{i}"] = New(i, test: true);
        }
        var selector = new NodeSelector(sketch.Manifest, "shop");
        var request = new SelectionRequest { Select = ["+m999", "tag:t3+", "@m500,config.materialized:view"], Exclude = ["path:models/f7"] };
        var wanted = selector.Select(request, "build").Resources.Count;
        Assert.True(wanted > 500, $"{wanted} were selected");
        var best = TimeSpan.MaxValue;
        for (var i = 0; i < 20; i++)
        {
            var start = Stopwatch.GetTimestamp();
            selector.Select(request, "build");
            best = TimeSpan.FromTicks(Math.Min(best.Ticks, Stopwatch.GetElapsedTime(start).Ticks));
        }
        // A few milliseconds; the best of twenty, and a limit far above, as the machine may be busy.
        Assert.True(best < TimeSpan.FromMilliseconds(60), $"{best.TotalMilliseconds} ms");

        static Node New(int i, bool test = false)
        {
            var name = test ? $"t{i}" : $"m{i}";
            var node = new Node(test ? ResourceKind.Test : ResourceKind.Model)
            {
                Id = $"{(test ? "test" : "model")}.shop.{name}",
                Name = name,
                Package = "shop",
                PackageFolder = "/project",
                File = $"models/f{i % 10}/{name}.sql",
                PathInRoot = $"f{i % 10}/{name}.sql",
                Path = ["shop", $"f{i % 10}", name],
                RawCode = "select 1",
                Config = new NodeConfig { Values = One("tags", new List<object?> { $"t{i % 7}" }) },
            };
            if (test) node.DependsOn.Add($"model.shop.m{i}");
            else if (i > 0) node.DependsOn.AddRange([$"model.shop.m{i - 1}", $"model.shop.m{i / 2}"]);
            return node;
        }
    }

    static Dict One(string key, object? value) => new() { [key] = value };

    static Dict Meta(string key, object? value) => One("meta", One(key, value));
}
