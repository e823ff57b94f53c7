using Quern.Projects;
using Quern.Tests.Files;

namespace Quern.Tests.Projects;

public sealed class ProjectTests : IDisposable
{
    readonly ScratchFolder _scratch = new();

    public void Dispose() => _scratch.Dispose();

    [Fact]
    public void Holds_the_files_of_its_folders_in_ordinal_order_without_blanks_around_them()
    {
        _scratch.Write("dbt_project.yml", "name: shop\nmodel-paths: [models, more, missing]\n");
        _scratch.Write("models/b.sql", "\n select 1\n\n");
        _scratch.Write("models/B.sql", "select 2");
        _scratch.Write("models/a/c.sql", "select 3");
        _scratch.Write("models/a/schema.yml", "models: []");
        _scratch.Write("more/a.sql", "select 4");
        _scratch.Write("macros/m.sql", "{% macro m() %}{% endmacro %}");
        _scratch.Write("elsewhere/x.sql", "select 5");
        var project = Project.Read(_scratch.Path);
        Assert.Equal(
            ["models/B.sql", "models/a/c.sql", "models/b.sql", "more/a.sql"], project.Models.Select(m => m.Path));
        Assert.Equal(["B", "c", "b", "a"], project.Models.Select(m => m.Name));
        Assert.Equal("select 1", project.Models[2].Text);
        Assert.Equal(["a"], project.Models[1].Folders);
        Assert.Empty(project.Models[3].Folders);
        Assert.Equal(["macros/m.sql"], project.Macros.Select(m => m.Path));
        Assert.Equal((_scratch.Path, "shop"), (project.Folder, project.Settings.Name));
    }

    [Fact]
    public void A_folder_without_a_project_file_is_a_fault() => Assert.Equal(
        """
        error QN7101: there is no project here
          where   BASE
          wanted  a folder with a dbt_project.yml
        """,
        _scratch.Text(ScratchFolder.FaultOf(() => Project.Read(_scratch.Path))));
}
