using Quern.Cli.Projects;

namespace Quern.Cli.Commands;

/// <summary><c>quern parse</c>.</summary>
sealed class ParseVerb : ProjectVerb
{
    public override string Path => "parse";

    public override string Summary => "read a dbt project and write its manifest";

    public override string Help =>
        """
        Reads a whole project, says what is wrong with it, and writes
        target/manifest.json. No database is opened.
          quern parse
        Exit code 0: the project can be read; 2: it cannot.
        """;

    protected override void Explain(ProjectWork work) => work.Found();

    protected override void Work(ProjectWork work)
    {
        work.Found();
        work.ReadDeliveries();
        work.WriteManifest();
        work.Log.Say($"Manifest written to {work.TargetPath}/manifest.json");
    }
}
