namespace Quern.Cli.Commands;

/// <summary><c>quern snapshot</c>.</summary>
sealed class SnapshotVerb : NodeVerb
{
    public override string Path => "snapshot";

    public override string Summary => "snapshots of a dbt project";

    public override string Help =>
        """
        Takes snapshots: rows that changed are closed, and their new state is added.
          quern snapshot
          quern snapshot -s product_history
        """;
}
