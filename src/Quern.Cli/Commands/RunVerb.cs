namespace Quern.Cli.Commands;

/// <summary><c>quern run</c>.</summary>
sealed class RunVerb : NodeVerb
{
    public override string Path => "run";

    public override string Summary => "models of a dbt project";

    protected override bool Delivers => true;

    public override string Help =>
        """
        Runs models in the order of their refs, without seeds, snapshots and tests.
          quern run
          quern run -s orders+ --full-refresh
        Exit code 0: all well; 1: a model failed; 2: the project could not be read.
        """;
}
