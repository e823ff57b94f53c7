using Quern.Jinja.Values;
using Quern.Projects;
using Quern.Tests.Projects.Reading;

namespace Quern.Tests.Projects.Settings;

public sealed class PackageTests
{
    [Fact]
    public void A_bare_project_has_the_usual_folders()
    {
        using var project = new ProjectFolder();
        var root = Root(project);
        Assert.Equal("models seeds snapshots tests macros analyses", string.Join(' ', new[] { "model", "seed", "snapshot", "test", "macro", "analysis" }.SelectMany(k => root.Paths[k])));
        Assert.Equal(("target", "dbt_packages", "shop"), (root.TargetPath, root.PackagesPath, root.Profile));
        Assert.Equal(["target"], root.CleanTargets);
    }

    [Fact]
    public void Values_are_rendered_but_vars_and_hooks_are_not()
    {
        using var project = new ProjectFolder("""
            target-path: "{{ env_var('OUT', 'out') }}"
            vars: {a: "{{ env_var('A') }}"}
            on-run-start: "{{ log('x') }}"
            on-run-end: ["{{ a }}", "{{ b }}"]
            models:
              shop:
                +enabled: "{{ var('on', false) }}"
                +materialized: "{{ 'table' if target.name == 'dev' else 'view' }}"
                +post-hook: "{{ this }}"
                sub: {pre-hook: ["{{ this }}"]}
            """);
        var root = Root(project);
        Assert.Equal("out", root.TargetPath);
        Assert.Equal("{{ env_var('A') }}", root.Vars["a"]);
        Assert.Equal(["{{ log('x') }}"], root.OnRunStart);
        Assert.Equal(["{{ a }}", "{{ b }}"], root.OnRunEnd);
        Assert.Equal(
            "{'+enabled': False, '+materialized': 'table', '+post-hook': '{{ this }}', 'sub': {'pre-hook': ['{{ this }}']}}",
            PythonText.Of(root.Configs["models"]["shop"]));
    }

    [Fact]
    public void Keys_that_are_not_known_are_passed_over()
    {
        using var project = new ProjectFolder("surprise: {a: [1]}\nrequire-dbt-version: '>=9'\nconfig-version: 2\n");
        Assert.Equal("shop", Root(project).Name);
    }

    [Fact]
    public void A_folder_without_a_project_is_an_error()
    {
        using var project = new ProjectFolder();
        File.Delete(Path.Combine(project.Folder, "dbt_project.yml"));
        Assert.Equal("error QN7101: there is no project here\n  where   BASE\n  wanted  a folder with a dbt_project.yml\n"
            + "  try     --project-dir FOLDER     if it is elsewhere\n          quern init NAME     begins one", project.Fault());
    }

    [Fact]
    public void A_project_without_a_name_is_an_error()
    {
        using var project = new ProjectFolder().Write("dbt_project.yml", "profile: shop\n");
        Assert.Equal("error QN7104: the project has no name\n  where   dbt_project.yml", project.Fault());
    }

    [Fact]
    public void Paths_that_are_no_list_are_an_error()
    {
        using var project = new ProjectFolder("model-paths: models\n");
        Assert.Equal("error QN7105: a list of folders is wanted\n  where   dbt_project.yml, model-paths\n  try     model-paths: [\"...\"]", project.Fault());
    }

    [Fact]
    public void Packages_are_found_in_their_folder_and_by_their_path()
    {
        using var project = new ProjectFolder()
            .Write("dbt_packages/one/dbt_project.yml", "name: uno\n")
            .Write("dbt_packages/empty/readme.md", "")
            .Write("near/two/dbt_project.yml", "name: due\n")
            .Write("packages.yml", "packages:\n  - package: a/uno\n    version: 1.0.0\n  - local: \"{{ env_var('NEAR', 'near') }}/two\"\n");
        Assert.Equal(["shop", "due", "uno"], ProjectLoader.LoadSet(project.Invocation()).Packages.Select(p => p.Name));
    }

    [Fact]
    public void A_copy_of_a_local_package_is_not_read_twice()
    {
        using var project = new ProjectFolder()
            .Write("near/two/dbt_project.yml", "name: due\n")
            .Write("dbt_packages/due/dbt_project.yml", "name: due\n")
            .Write("packages.yml", "packages: [{local: near/two}]\n");
        Assert.Equal(["shop", "due"], ProjectLoader.LoadSet(project.Invocation()).Packages.Select(p => p.Name));
    }

    [Fact]
    public void Fewer_packages_than_are_listed_is_an_error()
    {
        using var project = new ProjectFolder()
            .Write("dbt_packages/one/dbt_project.yml", "name: uno\n")
            .Write("dependencies.yml", "packages:\n  - package: a/uno\n  - git: https://example.com/b.git\n    revision: main\n");
        Assert.Equal(
            """
            error QN7175: packages that the project lists are not installed
              where   BASE/dbt_packages
              value   a/uno, https://example.com/b.git
              wanted  a folder with a dbt_project.yml for each of them
              try     run `dbt deps` where there is a network
                      copy the packages into dbt_packages/
            """,
            project.Fault());
    }

    [Fact]
    public void Two_packages_of_one_name_are_an_error()
    {
        using var project = new ProjectFolder()
            .Write("dbt_packages/one/dbt_project.yml", "name: uno\n")
            .Write("dbt_packages/two/dbt_project.yml", "name: uno\n");
        Assert.StartsWith("error QN7176: two packages have the same name\n  where   BASE/dbt_packages/one and BASE/dbt_packages/two", project.Fault());
    }

    [Fact]
    public void Variables_keep_their_types()
    {
        using var project = new ProjectFolder("vars: {a: 1, b: yes, c: 1e3, d: 2020-01-01, e: ~, f: {g: [1.50]}}\n");
        Assert.Equal("{'a': 1, 'b': True, 'c': '1e3', 'd': datetime.date(2020, 1, 1), 'e': None, 'f': {'g': [1.5]}}", PythonText.Of(Root(project).Vars));
    }

    static Package Root(ProjectFolder project) => ProjectLoader.LoadSet(project.Invocation()).Root;
}
