namespace Quern.Cli.Commands;

/// <summary><c>quern build</c>.</summary>
sealed class BuildVerb : NodeVerb
{
    public override string Path => "build";

    public override string Summary => "seeds, models, snapshots and tests, in order";

    protected override bool Delivers => true;

    public override string Help =>
        """
        Builds a dbt project on DuckDB: loads seeds, runs models and snapshots, and
        tests each of them before anything that reads it is built. What follows a
        failing test or node is skipped. Exit code 0: all well (warnings too); 1: a
        node failed; 2: the project could not be read.
          quern build
          quern build -s tag:nightly+ --vars '{day: 2026-01-31}'
          quern build --explain     what would run, with its memory; writes nothing
        Profiles, variables, environment variables and options are dbt's.
        """;
}
