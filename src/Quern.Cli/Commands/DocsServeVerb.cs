using Quern.Cli.Projects;

namespace Quern.Cli.Commands;

/// <summary><c>quern docs serve</c>, which says what to do instead.</summary>
sealed class DocsServeVerb : ProjectVerb
{
    public override string Path => "docs serve";

    public override string Summary => "not supported: says what to do instead";

    public override string Help =>
        """
        Quern has no web page for a project. `quern docs generate` writes the files
        that such pages are made of.
          quern docs generate
        """;

    protected override void Work(ProjectWork work) => throw new QuernException(
        new Fault("QN1014", "this verb of dbt is not supported")
        {
            Where = "quern docs serve",
            Wanted = "a web page, which Quern does not have",
            Try = ["quern docs generate     writes target/manifest.json and catalog.json, which other tools show"],
            ExitCode = ExitCode.Usage,
        });
}
