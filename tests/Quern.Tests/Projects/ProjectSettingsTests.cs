using Quern.Projects;
using Quern.Tests.Files;

namespace Quern.Tests.Projects;

public class ProjectSettingsTests
{
    [Fact]
    public void Has_the_folders_of_dbt_when_it_names_none()
    {
        var settings = Parse("name: shop");
        Assert.Equal("shop", settings.Name);
        Assert.Equal(["models"], settings.ModelPaths);
        Assert.Equal(["macros"], settings.MacroPaths);
        Assert.Empty(settings.Vars);
        Assert.Null(settings.ModelSetting("materialized", []));
    }

    [Fact]
    public void Reads_folders_and_variables_of_every_type()
    {
        var settings = Parse(
            """
            name: shop
            model-paths: [a, "b"]
            macro-paths:
              - c
            vars:
              text: x y
              quoted: "1"
              whole: -12
              real: 1.5
              big: 12345678901234567890123
              yes: true
              empty:
              tilde: ~
              list: [1, a, null]
              map: {1: b, c: [d]}
            """);
        Assert.Equal(["a", "b"], settings.ModelPaths);
        Assert.Equal(["c"], settings.MacroPaths);
        Assert.Equal("x y", settings.Vars["text"]);
        Assert.Equal("1", settings.Vars["quoted"]);
        Assert.Equal(-12L, settings.Vars["whole"]);
        Assert.Equal(1.5, settings.Vars["real"]);
        Assert.Equal(12345678901234567890123d, settings.Vars["big"]);
        Assert.Equal(true, settings.Vars["yes"]);
        Assert.Null(settings.Vars["empty"]);
        Assert.Null(settings.Vars["tilde"]);
        Assert.Equal(new object?[] { 1L, "a", null }, settings.Vars["list"]);
        var map = Assert.IsType<Dictionary<string, object?>>(settings.Vars["map"]);
        Assert.Equal("b", map["1"]);
        Assert.Equal(new object?[] { "d" }, map["c"]);
    }

    [Theory]
    [InlineData("all", "other.sql's folder")]
    [InlineData("project", "")]
    [InlineData("staging", "staging")]
    [InlineData("staging", "staging/deep")]
    [InlineData("orders", "staging/orders")]
    [InlineData("orders", "staging/orders/deeper/still")]
    [InlineData("project", "marts")]
    [InlineData("project", "orders")]
    public void The_deepest_folder_that_says_something_wins(string expected, string folders)
    {
        var settings = Parse(
            $"""
            name: shop
            models:
              +materialized: all
              {(expected == "all" ? "other" : "shop")}:
                +materialized: project
                staging:
                  materialized: staging
                  orders:
                    +materialized: orders
                marts:
                  +tags: x
            """);
        Assert.Equal(
            expected,
            settings.ModelSetting("materialized", folders.Split('/', StringSplitOptions.RemoveEmptyEntries)));
    }

    [Fact]
    public void A_folder_that_is_called_like_a_setting_is_no_setting()
    {
        var settings = Parse("name: shop\nmodels: {shop: {materialized: {+materialized: table}}}");
        Assert.Null(settings.ModelSetting("materialized", []));
        Assert.Equal("table", settings.ModelSetting("materialized", ["materialized"]));
    }

    [Theory]
    [InlineData("name: [", "QN7102")]
    [InlineData("name: a\nname: b", "QN7102")]
    public void Text_that_is_no_yaml_is_a_fault_with_its_place(string text, string code)
    {
        var fault = ScratchFolder.FaultOf(() => Parse(text));
        Assert.Equal((code, "this is not YAML", ExitCode.Usage), (fault.Code, fault.What, fault.ExitCode));
        Assert.Matches("^dbt_project.yml line [12], column [0-9]+$", fault.Where);
        Assert.NotEmpty(fault.Value!);
    }

    [Theory]
    [InlineData("", "error QN7103: a project file is a mapping of keys to values\n  where   dbt_project.yml")]
    [InlineData("- a", "error QN7103: a project file is a mapping of keys to values\n  where   dbt_project.yml")]
    [InlineData("models: {}", "error QN7104: the project has no name\n  where   dbt_project.yml")]
    [InlineData("name: ''", "error QN7104: the project has no name\n  where   dbt_project.yml")]
    [InlineData("name: a\nmodel-paths: b", "error QN7105: a list of folders is wanted\n  where   dbt_project.yml line 2, column 14\n  value   model-paths")]
    [InlineData("name: a\nmacro-paths: [[b]]", "error QN7105: a list of folders is wanted\n  where   dbt_project.yml line 2, column 14\n  value   macro-paths")]
    public void A_file_of_another_shape_is_a_fault(string text, string expected) =>
        Assert.Equal(expected, ScratchFolder.FaultOf(() => Parse(text)).ToString());

    static ProjectSettings Parse(string text) => ProjectSettings.Parse(text, "dbt_project.yml");
}
