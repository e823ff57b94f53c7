using System.Diagnostics;
using System.Globalization;
using Quern.Jinja.Values;
using Quern.Yaml;

namespace Quern.Tests.Yaml;

public sealed class YamlTextTests
{
    [Fact]
    public void An_error_names_file_line_and_column() => Assert.Equal(
        """
        error QN7102: this is not YAML
          where   models/orders.yml line 3, column 13
          value   While scanning a plain scalar value, found invalid mapping
          try     check the indentation there and above, and put text with : # { [ or % in quotes
        """,
        FaultOf("models:\n  - name: a\n    label: b: c\n").ToString());

    [Fact]
    public void A_template_without_quotes_is_an_error_at_its_place() =>
        Assert.Equal("x.yml line 2, column 5", FaultOf("a: 1\nb: {{ x }}\n", "x.yml").Where);

    [Theory]
    [InlineData("a: 1\nb:\n\tc: 2\n", "x.yml line 3, column 1")]
    [InlineData("a: 1\nb:\n  - c\n\t- d\n", "x.yml line 4, column 1")]
    public void A_tab_is_an_error_at_its_place(string text, string place) => Assert.Equal(place, FaultOf(text, "x.yml").Where);

    [Theory]
    [InlineData("{a: 1")]
    [InlineData("{a: [1, 2]")]
    public void An_error_stands_in_a_line_that_there_is(string text) =>
        Assert.StartsWith("--vars line 1, column ", FaultOf(text, "--vars").Where!, StringComparison.Ordinal);

    [Fact]
    public void A_bracket_that_is_never_closed_is_an_error() => Assert.Equal("QN7102", FaultOf("a: [1, 2\nb: 3\n").Code);

    [Fact]
    public void A_file_that_is_a_list_is_no_mapping()
    {
        var fault = Assert.Throws<QuernException>(() => YamlText.ReadMap("- a\n", "x.yml")).Fault;
        Assert.Equal(("QN7103", "x.yml line 1, column 1"), (fault.Code, fault.Where));
    }

    [Fact]
    public void Of_a_key_that_comes_twice_the_last_wins() =>
        Assert.Equal("{'a': 3, 'b': 2}", PythonText.Of(YamlText.Read("a: 1\nb: 2\na: 3\n", "x.yml")));

    [Theory]
    [InlineData("[", "]")]
    [InlineData("{a: ", "}")]
    public void Deep_nesting_is_an_error(string open, string close)
    {
        Assert.Equal("QN7170", FaultOf(string.Concat(Enumerable.Repeat(open, 100_000))).Code);
        var deep = string.Concat(Enumerable.Repeat(open, 250)) + "1" + string.Concat(Enumerable.Repeat(close, 250));
        Assert.Equal("lists and mappings are nested more than 200 deep", FaultOf(deep).What);
        var most = string.Concat(Enumerable.Repeat(open, 190)) + "1" + string.Concat(Enumerable.Repeat(close, 190));
        Assert.NotNull(YamlText.Read(most, "x.yml"));
    }

    [Fact]
    public void Deep_indentation_is_an_error() =>
        Assert.Equal("QN7170", FaultOf(string.Concat(Enumerable.Range(0, 3_000).Select(i => new string(' ', i) + "a:\n"))).Code);

    [Fact]
    public void Aliases_that_grow_are_an_error_and_take_no_time()
    {
        var bomb = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n" + string.Concat(Enumerable.Range(1, 30).Select(i =>
            string.Create(CultureInfo.InvariantCulture, $"a{i}: &a{i} [{string.Join(", ", Enumerable.Repeat($"*a{i - 1}", 10))}]\n")));
        var watch = Stopwatch.StartNew();
        Assert.Equal("aliases make more than 1000000 values of it", FaultOf(bomb).What);
        Assert.True(watch.ElapsedMilliseconds < 2_000, $"{watch.ElapsedMilliseconds} ms");
    }

    [Fact]
    public void An_alias_of_what_holds_it_is_an_error() => Assert.Equal("QN7102", FaultOf("a: &a [1, *a]\n").Code);

    [Fact]
    public void What_an_alias_gives_is_a_copy()
    {
        var dict = (Dict)YamlText.Read("a: &a [1]\nb: *a\n", "x.yml")!;
        ((List<object?>)dict["a"]!).Add(2L);
        Assert.Single((List<object?>)dict["b"]!);
    }

    [Theory]
    [InlineData("a: !![\n")]
    [InlineData("a:\n  b: !![ 1\n")]
    public void What_is_no_tag_is_an_error_with_a_place(string text)
    {
        var fault = FaultOf(text);
        Assert.Equal(("QN7102", ExitCode.Usage), (fault.Code, fault.ExitCode));
        Assert.StartsWith("models/orders.yml line ", fault.Where);
    }

    static Fault FaultOf(string text, string place = "models/orders.yml") =>
        Assert.Throws<QuernException>(() => YamlText.Read(text, place)).Fault;
}
