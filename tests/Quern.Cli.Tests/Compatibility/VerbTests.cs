using System.Text.Json;
using Quern.Cli.Tests.Shop;

namespace Quern.Cli.Tests.Compatibility;

/// <summary>The lesser verbs of dbt.</summary>
public sealed class VerbTests : IDisposable
{
    readonly ProjectDesk _desk = ProjectDesk.Small();

    public void Dispose() => _desk.Dispose();

    [Fact]
    public void A_catalog_has_the_columns_of_the_database()
    {
        Assert.Equal(0, _desk.Quern("build").Code);
        var ended = _desk.Quern("docs generate");
        Assert.Equal((0, ""), (ended.Code, ended.Error));
        using var catalog = JsonDocument.Parse(File.ReadAllText(_desk.Here.Path("target/catalog.json")));
        var total = catalog.RootElement.GetProperty("nodes").GetProperty("model.small.total");
        Assert.Equal("BASE TABLE", total.GetProperty("metadata").GetProperty("type").GetString());
        Assert.Equal("BIGINT", total.GetProperty("columns").GetProperty("total").GetProperty("type").GetString());
        Assert.Equal("VIEW", catalog.RootElement.GetProperty("nodes").GetProperty("model.small.kept").GetProperty("metadata").GetProperty("type").GetString());
        Assert.Contains("compiled_code", File.ReadAllText(_desk.Here.Path("target/manifest.json")), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("docs serve", "error QN1014: this verb of dbt is not supported\n")]
    [InlineData("docs generate --static", "error QN1013: this option of dbt is not supported, as no web page is written\n")]
    [InlineData("deps --add-package dbt-labs/dbt_utils@1.0.0", "error QN1013: this option of dbt is not supported, as nothing is downloaded\n")]
    public void What_is_not_supported_says_so_and_what_to_do(string words, string error)
    {
        var ended = _desk.Quern(words);
        Assert.Equal(2, ended.Code);
        Assert.StartsWith(error, ended.Error, StringComparison.Ordinal);
        Assert.Contains("  try  ", ended.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Packages_are_looked_for_and_never_fetched()
    {
        _desk.Put("packages.yml", "packages:\n  - local: near\n  - package: some/far_one\n    version: 1.2.0\n")
            .Put("near/dbt_project.yml", "name: near\nversion: '0.3'\n");
        var ended = _desk.Quern("deps");
        Assert.Equal(2, ended.Code);
        Assert.StartsWith("error QN7175: packages that the project lists are not installed\n", ended.Error, StringComparison.Ordinal);
        Assert.Contains("some/far_one 1.2.0", ended.Error, StringComparison.Ordinal);
        _desk.Put("dbt_packages/far_one/dbt_project.yml", "name: far_one\nversion: '1.2.0'\n");
        ended = _desk.Quern("deps");
        Assert.Equal((0, ""), (ended.Code, ended.Error));
        Assert.Contains("  in near, version 0.3\n", ended.Output, StringComparison.Ordinal);
        Assert.Contains("  in dbt_packages/far_one, version 1.2.0\n", ended.Output, StringComparison.Ordinal);
        Assert.Equal(0, _desk.Quern("build").Code);
    }

    [Fact]
    public void A_new_project_is_named_with_its_files_and_what_to_do_next()
    {
        var ended = _desk.Quern("init small");
        Assert.Equal((0, ""), (ended.Code, ended.Output));
        Assert.StartsWith("made small/dbt_project.yml\nmade small/seeds/numbers.csv\n", ended.Error, StringComparison.Ordinal);
        Assert.EndsWith("\nnext: cd small && quern build\n", ended.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_new_project_runs()
    {
        Assert.Equal(0, _desk.Quern("init -q little").Code);
        _desk.Here.Bash("cd little && DBT_PROFILES_DIR= \"$quern\" build -q").Is(ExitCode.Done);
        var ended = _desk.Quern("init little");
        Assert.Equal(2, ended.Code);
        Assert.StartsWith("error QN7305: the folder of the new project is not empty\n", ended.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_option_of_dbt_is_known()
    {
        const string all =
            "--cache-selected-only --no-cache-selected-only --debug --no-debug --defer --no-defer --defer-state x --empty --no-empty "
            + "--event-time-start 2026-01-01 --event-time-end 2026-01-02 --exclude total --exclude-resource-type test --fail-fast --no-fail-fast "
            + "--favor-state --no-favor-state --full-refresh --indirect-selection eager --inject-ephemeral-ctes --introspect --no-introspect "
            + "--log-cache-events x --log-file-max-bytes 1 --log-format text --log-format-file json --log-level info --log-level-file debug "
            + "--log-path logs --macro-debugging --no-macro-debugging --partial-parse --no-partial-parse --partial-parse-file-diff "
            + "--partial-parse-file-path x --populate-cache --no-populate-cache --print --no-print --printer-width 80 --profile small "
            + "--profiles-dir . --project-dir . --quiet --record-timing-info x --resource-type model --sample '1 day' --select kept "
            + "--send-anonymous-usage-stats --no-send-anonymous-usage-stats --show-resource-report --single-threaded --state x --static-parser "
            + "--no-static-parser --store-failures --target dev --target-path target --threads 2 --upload-to-artifacts-ingest-api --use-colors "
            + "--no-use-colors --use-colors-file --use-experimental-parser --use-fast-test-edges --vars {} --version-check --no-version-check "
            + "--warn-error-options {} --write-json --no-write-json";
        var ended = _desk.Quern($"build --explain {all} --no-such-option");
        Assert.Equal(2, ended.Code);
        Assert.StartsWith("error QN1004: no such option\n", ended.Error, StringComparison.Ordinal);
        Assert.Contains("\"--no-such-option\"", ended.Error, StringComparison.Ordinal);
    }
}
