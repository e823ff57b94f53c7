using System.Text.Json;
using Quern.Cli.Tests.Shop;

namespace Quern.Cli.Tests.Compatibility;

/// <summary>What <c>state:</c> takes for a change, and the manifest it is told from.</summary>
public sealed class StateTests : IDisposable
{
    readonly ProjectDesk _desk = ProjectDesk.Small()
        .Put("dbt_project.yml", "name: small\nversion: '1.0'\nprofile: small\nmodels:\n  small:\n    +schema: \"{{ var('where', 'here') }}\"\n    +persist_docs: {relation: true}\n")
        .Put("models/all.yml", "models:\n  - name: kept\n    config:\n      meta: {day: \"{{ var('day', 'monday') }}\"}\n")
        .Put("macros/all.sql", "{% macro inner() %}1{% endmacro %}\n{% macro outer() %}{{ inner() }} + {{ dbt.length('x') }} {{ adapter.dispatch('part', 'small')() }}{% endmacro %}\n{% macro duckdb__part() %}{% endmacro %}");

    public void Dispose() => _desk.Dispose();

    [Fact]
    public void What_depends_on_a_variable_has_not_changed_when_the_variable_has()
    {
        Assert.Equal(0, _desk.Quern("parse --target-path before").Code);
        _desk.Quern("ls -q -s state:modified --state before --vars '{day: friday, where: there}'").Is(ExitCode.Done);
        _desk.Put("models/all.yml", "models:\n  - name: kept\n    config:\n      meta: {day: \"{{ var('day', 'sunday') }}\"}\n");
        _desk.Quern("ls -q -s state:modified --state before").Is(ExitCode.Done, "small.kept\n");
        _desk.Quern("ls -q -s state:modified.configs --state before").Is(ExitCode.Done, "small.kept\n");
        _desk.Quern("ls -q -s state:modified.relation --state before").Is(ExitCode.Done);
        _desk.Put("dbt_project.yml", "name: small\nversion: '1.0'\nprofile: small\nmodels:\n  small:\n    +schema: here\n    +persist_docs: {relation: true}\n");
        _desk.Quern("ls -q -s state:modified.relation --state before").Is(ExitCode.Done, "small.kept\nsmall.total\n");
    }

    [Fact]
    public void The_manifest_has_what_is_written_and_who_calls_whom()
    {
        Assert.Equal(0, _desk.Quern("parse").Code);
        using var manifest = JsonDocument.Parse(File.ReadAllText(_desk.Here.Path("target/manifest.json")));
        var root = manifest.RootElement;
        var kept = root.GetProperty("nodes").GetProperty("model.small.kept");
        Assert.Equal(
            """{"schema":"{{ var('where', 'here') }}","persist_docs":{"relation":true},"meta":{"day":"{{ var('day', 'monday') }}"}}""",
            kept.GetProperty("unrendered_config").GetRawText());
        Assert.Equal("monday", kept.GetProperty("config").GetProperty("meta").GetProperty("day").GetString());
        Assert.Equal(
            """["macro.small.inner","macro.dbt.length","macro.small.duckdb__part"]""",
            root.GetProperty("macros").GetProperty("macro.small.outer").GetProperty("depends_on").GetProperty("macros").GetRawText());
        Assert.Equal("""["seed.small.numbers"]""", root.GetProperty("parent_map").GetProperty("model.small.kept").GetRawText());
        Assert.Equal("""["model.small.total"]""", root.GetProperty("child_map").GetProperty("model.small.kept").GetRawText());
    }
}
