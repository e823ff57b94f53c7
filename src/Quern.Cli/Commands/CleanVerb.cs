using Quern.Cli.Projects;
using Quern.Projects;

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

    protected override void Explain(ProjectWork work)
    {
        foreach (var folder in ProjectCleaning.Folders(work.Asked).Where(f => ProjectCleaning.Remains(f))) work.Log.Answer($"removes {folder}", "Explained");
    }

    protected override void Work(ProjectWork work)
    {
        foreach (var folder in ProjectCleaning.Folders(work.Asked))
        {
            work.Log.Say($"Checking {folder}/*", name: "CheckCleanPath");
            ProjectCleaning.Remove(folder);
            work.Log.Say($"Cleaned {folder}/*", name: "ConfirmCleanPath");
        }
        work.Log.Say("Finished cleaning all paths.", name: "FinishedCleanPaths");
    }
}
