using Quern.Cli.Projects;
using Quern.Projects.Settings;

namespace Quern.Cli.Commands;

/// <summary><c>quern clean</c>.</summary>
sealed class CleanVerb : ProjectVerb
{
    public override string Path => "clean";

    public override string Summary => "remove what earlier runs left in a dbt project";

    public override string Memory => "constant: no data is read";

    public override string Help =>
        """
        Removes the folders that clean-targets of dbt_project.yml names. Folders
        outside of the project, and those with its sources, are never touched.
          quern clean
        """;

    protected override void Explain(ProjectWork work) => Each(work, _ => { });

    protected override void Work(ProjectWork work)
    {
        Each(work, folder => Directory.Delete(folder, recursive: true));
        work.Log.Say("Finished cleaning all paths.", name: "FinishedCleanPaths");
    }
}
