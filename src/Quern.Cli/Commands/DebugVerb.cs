using Quern.Cli.Projects;
using Quern.Cli.Reporting;
using Quern.Duck;

namespace Quern.Cli.Commands;

/// <summary><c>quern debug</c>.</summary>
sealed class DebugVerb : ProjectVerb
{
    public override string Path => "debug";

    public override string Summary => "check project, profile and connection";

    public override string Memory => "constant: no data is read";

    public override string Help =>
        """
        Reads the project and its profile, opens the database, and says what it found.
        Secrets of the profile are not shown.
          quern debug --target prod
        Exit code 0: all is well; 1: something is not.
        """;

    protected override void Explain(ProjectWork work) => work.Log.Answer("reads project and profile, and opens the database", "Explained");

    protected override void Work(ProjectWork work)
    {
        var (log, asked) = (work.Log, work.Asked);
        log.Say($"quern version: {Surroundings.Version}");
        log.Say($"duckdb version: {DuckLibrary.Version.TrimStart('v')}");
        log.Say($"Using dbt_project.yml file at {System.IO.Path.Combine(asked.ProjectFolder, "dbt_project.yml")}");
        Check(log, "Project and profile", () =>
        {
            var set = work.Set;
            log.Say($"Using target {set.Target.Name} of profile {set.Target.ProfileName}");
        });
        log.Say("Connection:");
        log.Say($"  type: duckdb");
        log.Say($"  path: {work.Set.Target.Path}");
        log.Say($"  database: {work.Set.Target.Database}");
        log.Say($"  schema: {work.Set.Target.Schema}");
        log.Say($"  threads: {work.Set.Target.Threads}");
        Check(log, "Connection test", () =>
        {
            using var session = work.Warehouse.Connect();
            session.Query("select 1");
        });
        log.Gap();
        log.Say(ink => ink.Good("All checks passed!"), name: "DebugCmdResult");
    }

    static void Check(RunLog log, string what, Action check)
    {
        try
        {
            check();
        }
        catch (QuernException e)
        {
            log.Say(ink => $"  {what}: [{ink.Bad("ERROR")}]", LogLevel.Error, "DebugCmdResult");
            throw new QuernException(e.Fault with { ExitCode = e.Fault.ExitCode == ExitCode.Usage ? ExitCode.Failed : e.Fault.ExitCode }, e);
        }
        log.Say(ink => $"  {what}: [{ink.Good("OK")}]", name: "DebugCmdResult");
    }
}
