using System.Text.Json;
using System.Text.RegularExpressions;
using Quern.Cli.Tests.Shop;

namespace Quern.Cli.Tests.Projects;

/// <summary>The SQL that a run leaves below the folder of artifacts.</summary>
public sealed partial class CompiledFileTests : IDisposable
{
    readonly ProjectDesk _desk = ProjectDesk.Small()
        .Put("dbt_project.yml", "name: small\nprofile: small\non-run-end: select 1\n")
        .Put("models/total.yml", """
            models:
              - name: total
                columns:
                  - name: total
                    data_tests: [not_null]
            unit_tests:
              - name: adds
                model: total
                given: [{input: ref('kept'), rows: [{n: 1}, {n: 2}]}]
                expect: {rows: [{total: 3}]}
            """);

    public void Dispose() => _desk.Dispose();

    [Fact]
    public void A_build_leaves_what_it_compiled_and_what_it_sent()
    {
        var ended = _desk.Quern("build");
        Assert.True(ended.Code == 0, ended.Output + ended.Error);
        Assert.Equal("select n from \"small\".\"main\".\"numbers\"", Text("target/compiled/small/models/kept.sql"));
        Assert.Equal(
            "create or replace table \"small\".\"main\".\"total\" as (\n\nselect sum(n)::bigint as total from \"small\".\"main\".\"kept\"\n)",
            Text("target/run/small/models/total.sql"));
        Assert.Contains("create or replace table", Text("target/run/small/seeds/numbers.csv"), StringComparison.Ordinal);
        Assert.Contains("is null", Text("target/compiled/small/models/total.yml/not_null_total_total.sql"), StringComparison.Ordinal);
        Assert.StartsWith("select count(*) from (", Text("target/run/small/models/total.yml/not_null_total_total.sql"), StringComparison.Ordinal);
        Assert.Contains("sum(n)", Text("target/compiled/small/models/total.yml/adds.sql"), StringComparison.Ordinal);
        Assert.Equal("select 1", Text("target/compiled/small/dbt_project.yml/hooks/small-on-run-end-0.sql"));
        Assert.False(File.Exists(_desk.Here.Path("target/compiled/small/seeds/numbers.csv")));
    }

    [Fact]
    public void The_manifest_after_a_run_has_the_compiled_SQL_and_names_its_files()
    {
        Assert.Equal(0, _desk.Quern("build").Code);
        using var manifest = JsonDocument.Parse(File.ReadAllBytes(_desk.Here.Path("target/manifest.json")));
        var node = manifest.RootElement.GetProperty("nodes").GetProperty("model.small.total");
        Assert.Equal(Text("target/compiled/small/models/total.sql"), node.GetProperty("compiled_code").GetString());
        foreach (var name in new[] { "compiled_path", "build_path" }) Assert.True(File.Exists(_desk.Here.Path(node.GetProperty(name).GetString()!)));
    }

    [Fact]
    public void The_file_that_the_console_names_for_a_failure_is_there()
    {
        _desk.Put("models/kept.sql", "select nothing_like_it from {{ ref('numbers') }}");
        var ended = _desk.Quern("build");
        Assert.Equal(1, ended.Code);
        var named = Named().Matches(ended.Output).Select(m => m.Groups[1].Value).ToList();
        Assert.Equal(["target/compiled/small/models/kept.sql"], named);
        Assert.Equal("select nothing_like_it from \"small\".\"main\".\"numbers\"", Text(named[0]));
        Assert.Contains("nothing_like_it", Text("target/run/small/models/kept.sql"), StringComparison.Ordinal);
    }

    string Text(string name) => File.ReadAllText(_desk.Here.Path(name));

    [GeneratedRegex("compiled code at (.*)")]
    private static partial Regex Named();
}
