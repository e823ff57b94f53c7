namespace Quern.Cli.Commands;

/// <summary><c>quern seed</c>.</summary>
sealed class SeedVerb : NodeVerb
{
    public override string Path => "seed";

    public override string Summary => "seeds of a dbt project";

    public override string Help =>
        """
        Loads the CSV files of a project into tables. A table that is there keeps its
        columns; --full-refresh makes it anew.
          quern seed
          quern seed -s raw_orders --full-refresh
        """;
}
