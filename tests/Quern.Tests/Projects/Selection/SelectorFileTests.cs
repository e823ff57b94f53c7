using Quern.Projects.Selection;

namespace Quern.Tests.Projects.Selection;

public sealed class SelectorFileTests
{
    const string File =
        """
        selectors:
          - name: nightly
            description: all of the night but what is slow
            default: true
            definition:
              union:
                - tag:night
                - method: fqn
                  value: start
                  children: true
                  children_depth: 1
                - exclude:
                    - tag: slow
          - name: both
            definition:
              intersection:
                - tag: night
                - {method: tag, value: slow}
          - name: reused
            definition:
              union:
                - {method: selector, value: both}
                - {method: fqn, value: night2, parents: true, indirect_selection: cautious, exclude: [start]}
          - name: text
            definition: "+night2"
          - name: around
            definition: {method: fqn, value: start, childrens_parents: true}
        """;

    static readonly Sketch Shop = new Sketch()
        .Model("start").Model("other")
        .Model("night1", tags: "night")
        .Model("night2", ["start"], tags: "night slow")
        .Model("next", ["start", "other"])
        .Model("last", ["next"]);

    [Theory]
    [InlineData("nightly", "next night1 start")]
    [InlineData("both", "night2")]
    [InlineData("reused", "night2")]
    [InlineData("text", "night2 start")]
    [InlineData("around", "last next night2 other start")]
    public void A_selector_selects_what_it_says(string name, string names) =>
        Assert.Equal(names, Shop.Names(new SelectionRequest { Selector = name }, "ls", Parse(File)));

    [Fact]
    public void The_default_stands_in_when_nothing_is_asked_for()
    {
        var result = Shop.Select("run", new SelectionRequest(), Parse(File));
        Assert.Equal("nightly", result.DefaultSelector);
        Assert.Equal(["start", "night1", "next"], result.Resources.Select(r => r.Name));
        result = Shop.Select("run", new SelectionRequest { Exclude = ["start"] }, Parse(File));
        Assert.Null(result.DefaultSelector);
        Assert.Equal(5, result.Resources.Count);
    }

    [Fact]
    public void A_selector_and_criteria_exclude_each_other()
    {
        var error = Assert.Throws<QuernException>(
            () => Shop.Names(new SelectionRequest { Selector = "both", Select = ["start"] }, "ls", Parse(File)));
        Assert.Equal("QN7158", error.Fault.Code);
    }

    [Fact]
    public void An_unknown_selector_is_named_with_the_nearest()
    {
        var error = Assert.Throws<QuernException>(() => Shop.Names(new SelectionRequest { Selector = "nightli" }, "ls", Parse(File)));
        Assert.Equal(
            "error QN7155: there is no selector of this name\n  where   --selector\n  value   nightli\n"
            + "  wanted  nightly, both, reused, text, around\n  try     --selector nightly",
            error.Fault.ToString());
    }

    [Theory]
    [InlineData("selectors: {a: b}", "QN7156", "line 1, column 12")]
    [InlineData("selectors:\n  - definition: a", "QN7156", "line 2, column 5")]
    [InlineData("selectors:\n  - name: x", "QN7156", "line 2, column 5")]
    [InlineData("selectors:\n  - name: x\n    definition: [a, b]", "QN7156", "line 3, column 17")]
    [InlineData("selectors:\n  - name: x\n    definition: {union: a}", "QN7156", "line 3, column 25")]
    [InlineData("selectors:\n  - name: x\n    definition: {union: [a], intersection: [b]}", "QN7156", "line 3, column 17")]
    [InlineData("selectors:\n  - name: x\n    definition: {method: tag, value: a, child: true}", "QN7156", "line 3, column 41")]
    [InlineData("selectors:\n  - name: x\n    definition: {method: selector, value: y}", "QN7156", "line 3, column 43")]
    [InlineData("selectors:\n  - name: x\n    definition: {method: tag, value: a, parents_depth: few}", "QN7156", "line 3, column 56")]
    [InlineData("selectors:\n  - name: x\n    definition: a+9999999999", "QN7150", "line 3, column 17")]
    [InlineData("selectors:\n  - name: x\n    definition: {tga: a}", "QN7151", "tga:a")]
    [InlineData("selectors:\n  - name: x\n    definition: {method: tag, value: a, indirect_selection: some}", "QN7152", "line 3, column 61")]
    [InlineData("selectors:\n  - {name: x, definition: a, default: true}\n  - {name: y, definition: b, default: true}",
        "QN7156", "line 3, column 27")]
    [InlineData("selectors:\n  - {name: x, definition: a}\n  - {name: x, definition: b}", "QN7156", "line 3, column 27")]
    public void What_is_wrong_is_named_with_its_place(string text, string code, string place)
    {
        var error = Assert.Throws<QuernException>(() => Parse(text));
        Assert.Equal(code, error.Fault.Code);
        Assert.Contains(place, error.Fault.Where, StringComparison.Ordinal);
    }

    [Fact]
    public void Values_are_rendered_first()
    {
        var file = SelectorFile.Parse(
            "selectors: [{name: x, definition: 'tag:NIGHT'}]", "selectors.yml",
            (value, _) => ((string)value!).Replace("NIGHT", "slow", StringComparison.Ordinal));
        Assert.Equal("night2", Shop.Names(new SelectionRequest { Selector = "x" }, "ls", file));
    }

    static SelectorFile Parse(string text) => SelectorFile.Parse(text, "selectors.yml");
}
