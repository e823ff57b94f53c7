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
        foreach (var folder in ProjectCleaning.Folders(work.Asked).Where(Directory.Exists)) work.Log.Answer($"removes {folder}", "Explained");
    }

    protected override void Work(ProjectWork work)
    {
        foreach (var folder in ProjectCleaning.Folders(work.Asked))
        {
            work.Log.Say($"Checking {folder}/*", name: "CheckCleanPath");
            if (Directory.Exists(folder)) Remove(folder);
            work.Log.Say($"Cleaned {folder}/*", name: "ConfirmCleanPath");
        }
        work.Log.Say("Finished cleaning all paths.", name: "FinishedCleanPaths");
    }

    // A link is removed, never what it leads to.
    static void Remove(string folder)
    {
        if (new DirectoryInfo(folder).LinkTarget is not null) File.Delete(folder);
        else Directory.Delete(folder, recursive: true);
    }
}
