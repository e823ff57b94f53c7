using Quern.Cli.Tests.Shop;

namespace Quern.Cli.Tests.Compatibility;

/// <summary>Models in Python: known, never run.</summary>
public sealed class PythonModelTests : IDisposable
{
    readonly ProjectDesk _desk = ProjectDesk.Small()
        .Put("models/scored.py",
            """
            def model(dbt, session):
                # dbt.ref("not_this")
                dbt.config(materialized="table", packages=["numpy"])
                return dbt.ref("kept").df()
            """)
        .Put("models/reader.sql", "select n from {{ ref('scored') }}");

    public void Dispose() => _desk.Dispose();

    [Fact]
    public void A_model_in_Python_is_listed_with_what_it_reads() => _desk.Quern(
        "ls -q -s scored --output json --output-keys name config.materialized depends_on language").Is(
        ExitCode.Done, """{"name": "scored", "language": "python", "depends_on": {"macros": [], "nodes": ["model.small.kept"]}}""" + "\n");

    [Fact]
    public void A_model_in_Python_fails_alone_and_its_readers_are_skipped()
    {
        var ended = _desk.Quern("build");
        Assert.Equal((1, ""), (ended.Code, ended.Error));
        var lines = ProjectDesk.Console(ended.Output);
        Assert.Equal("Done. PASS=3 WARN=0 ERROR=1 SKIP=1 NO-OP=0 TOTAL=5", lines[^1]);
        Assert.Contains(lines, l => l.Contains("ERROR creating python table model main.scored", StringComparison.Ordinal));
        Assert.Contains("models in Python are not run", ended.Output, StringComparison.Ordinal);
        Assert.Contains("--exclude scored", ended.Output, StringComparison.Ordinal);
    }
}
