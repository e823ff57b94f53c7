using Quern.Jinja.Values;
using Quern.Projects;
using Quern.Tests.Projects.Reading;

namespace Quern.Tests.Projects.Settings;

public sealed class ProfileTests
{
    const string Two = """
        shop:
          target: "{{ env_var('TARGET', 'dev') }}"
          outputs:
            dev: {type: duckdb, path: "{{ env_var('DB', 'dev.duckdb') }}", threads: "{{ env_var('T', '2') }}", password: geheim, secret_token: geheim}
            prod: {type: duckdb, path: ':memory:', schema: live}
        other: {target: x, outputs: {x: {type: duckdb}}}
        """;

    [Fact]
    public void The_target_of_the_profile_is_used_unless_another_is_asked_for()
    {
        using var project = new ProjectFolder().Write("profiles.yml", Two);
        Assert.Equal(("dev", "dev.duckdb", "dev", "main", 2), Of(project));
        project.Environment["TARGET"] = "prod";
        Assert.Equal(("prod", ":memory:", "memory", "live", 1), Of(project));
        project.Environment["DBT_TARGET"] = "dev";
        project.Environment["DB"] = "data/x.duckdb";
        Assert.Equal(("dev", "data/x.duckdb", "x", "main", 2), Of(project));
        Assert.Equal("prod", ProjectLoader.LoadSet(project.Invocation() with { Target = "prod" }).Target.Name);
        project.Environment.Clear();
        Assert.Equal("x", ProjectLoader.LoadSet(project.Invocation() with { Profile = "other" }).Target.Name);
    }

    [Fact]
    public void An_unknown_target_names_those_there_are()
    {
        using var project = new ProjectFolder().Write("profiles.yml", Two);
        var fault = Assert.Throws<QuernException>(() => ProjectLoader.LoadSet(project.Invocation() with { Target = "prd" })).Fault;
        Assert.Equal(
            """
            error QN7172: the target is not there
              where   BASE/profiles.yml, shop
              value   "prd"
              wanted  one of dev, prod
              try     --target prod
            """,
            fault.ToString().Replace(project.Folder, "BASE", StringComparison.Ordinal));
        Assert.Equal(ExitCode.Usage, fault.ExitCode);
    }

    [Fact]
    public void An_unknown_profile_names_those_there_are() =>
        Assert.Equal("one of shop, other", Fault(Two, i => i with { Profile = "shup" }).Wanted);

    [Fact]
    public void No_profile_anywhere_names_the_places_searched()
    {
        using var project = new ProjectFolder();
        File.Delete(Path.Combine(project.Folder, "profiles.yml"));
        project.Environment["HOME"] = "/home/me";
        Assert.Equal(
            """
            error QN7171: there is no profiles.yml
              where   BASE/profiles.yml, /home/me/.dbt/profiles.yml
              wanted  a profile named "shop"
              try     --profiles-dir FOLDER
                      set DBT_PROFILES_DIR
            """,
            project.Fault());
    }

    [Fact]
    public void A_folder_that_is_asked_for_is_the_only_one_searched()
    {
        using var project = new ProjectFolder().Write("elsewhere/profiles.yml", Two);
        Assert.Equal("prod", ProjectLoader.LoadSet(project.Invocation() with { ProfilesFolder = "elsewhere", Target = "prod" }).Target.Name);
        project.Environment["DBT_PROFILES_DIR"] = "nowhere";
        Assert.StartsWith("error QN7171", project.Fault());
    }

    [Fact]
    public void Templates_see_all_keys_but_the_secret_ones()
    {
        using var project = new ProjectFolder().Write("profiles.yml", Two);
        var values = ProjectLoader.LoadSet(project.Invocation()).Target.Values;
        Assert.DoesNotContain("geheim", PythonText.Of(values));
        Assert.Equal("dev", values["name"]);
        Assert.Equal(2L, values["threads"]);
    }

    [Theory]
    [InlineData("{type: postgres, password: geheim}", "error QN7177: projects run on DuckDB only\n  where   PROFILE.type\n  value   \"postgres\"\n  wanted  a target with `type: duckdb`")]
    [InlineData("{type: duckdb, plugins: [{module: excel}]}", "error QN7177: the profile asks for something that this tool does not do\n  where   PROFILE.plugins\n  wanted  a target without it\n  try     read files in SQL (read_csv, read_parquet, read_json), or `attach` the database")]
    [InlineData("{type: duckdb, path: a.duckdb, database: b}", "error QN7177: the database of a target is its file, or one that is attached\n  where   PROFILE.database\n  value   \"b\"\n  wanted  \"a\", after the file, or the alias of an attached one")]
    [InlineData("{type: duckdb, threads: many}", "error QN7177: a number of threads is wanted\n  where   PROFILE.threads\n  value   \"many\"\n  wanted  a whole number from 1")]
    [InlineData("{type: duckdb, path: 'md:x'}", "error QN7177: databases are files or in memory\n  where   PROFILE.path\n  wanted  the path of a file, or :memory:")]
    [InlineData("{type: duckdb, filesystems: [{fs: s3}]}", "error QN7177: the profile asks for something that this tool does not do\n  where   PROFILE.filesystems\n  wanted  a target without it\n  try     the extension httpfs with `secrets`, and paths such as s3://... in SQL")]
    [InlineData("{type: duckdb, attach: [{path: x.db, alias: y, pth: z}]}", "error QN7177: there is no such key of an attached database\n  where   PROFILE.attach.pth\n  wanted  path, alias, type, read_only, options, secret, is_ducklake")]
    public void A_target_that_cannot_be_used_says_why(string output, string error)
    {
        using var project = new ProjectFolder().Write("profiles.yml", $"shop: {{target: dev, outputs: {{dev: {output}}}}}\n");
        Assert.Equal(error, project.Fault().Replace("BASE/profiles.yml, shop.outputs.dev", "PROFILE", StringComparison.Ordinal));
    }

    [Fact]
    public void Keys_of_a_profile_that_do_nothing_are_warned_of()
    {
        using var project = new ProjectFolder().Write(
            "profiles.yml", "shop: {target: dev, outputs: {dev: {type: duckdb, thread: 4, retries: {connect_attempts: 3}, keep_open: true, plugins: []}}}\n");
        var warnings = new List<(string Code, string Text)>();
        ProjectLoader.LoadSet(project.Invocation() with { Warn = (code, text) => warnings.Add((code, text[(text.LastIndexOf(".dev.", StringComparison.Ordinal) + 5)..])) });
        Assert.Equal(
            [
                ("QN7174", "thread: there is no key of this name; did you mean threads?"),
                ("QN7173", "retries: the key does nothing here: nothing is tried again: a database that is in use ends the run with exit code 5"),
            ],
            warnings);
    }

    [Fact]
    public void A_secret_is_never_printed()
    {
        using var project = new ProjectFolder().Write(
            "profiles.yml", "shop: {target: dev, outputs: {dev: {type: duckdb, secrets: [{type: s3, key_id: geheim1, secret: geheim2, scope: 's3://b'}]}}}\n");
        var target = ProjectLoader.LoadSet(project.Invocation()).Target;
        var secret = Assert.Single(target.Secrets);
        Assert.Equal("secret _dbt_secret_1 of type s3", secret.ToString());
        Assert.Equal(
            "create or replace temporary secret \"_dbt_secret_1\" (type s3, scope 's3://b', key_id 'geheim1', secret 'geheim2')", secret.Statement);
        Assert.DoesNotContain("geheim", PythonText.Of(target.Values), StringComparison.Ordinal);
    }

    [Fact]
    public void An_environment_variable_without_value_is_an_error()
    {
        var fault = Fault(Two.Replace("'DB', 'dev.duckdb'", "'DB'", StringComparison.Ordinal), i => i);
        Assert.Equal(("QN7125", "DB", ExitCode.Usage), (fault.Code, fault.Value, fault.ExitCode));
    }

    [Fact]
    public void A_list_of_extensions_may_be_null_or_hold_mappings()
    {
        using var project = new ProjectFolder().Write("profiles.yml", "shop: {target: dev, outputs: {dev: {type: duckdb, extensions: [json, {name: parquet, repo: x}, null], settings: {a: 1, b: yes}}}}\n");
        var target = ProjectLoader.LoadSet(project.Invocation()).Target;
        Assert.Equal(["json", "parquet"], target.Extensions);
        Assert.Equal(["a=1", "b=true"], target.Settings.Select(s => $"{s.Key}={s.Value}"));
        project.Write("profiles.yml", "shop: {target: dev, outputs: {dev: {type: duckdb, extensions: }}}\n");
        Assert.Empty(ProjectLoader.LoadSet(project.Invocation()).Target.Extensions);
    }

    static (string, string, string, string, int) Of(ProjectFolder project)
    {
        var target = ProjectLoader.LoadSet(project.Invocation()).Target;
        return (target.Name, target.Path, target.Database, target.Schema, target.Threads);
    }

    static Fault Fault(string profiles, Func<Invocation, Invocation> change)
    {
        using var project = new ProjectFolder().Write("profiles.yml", profiles);
        return Assert.Throws<QuernException>(() => ProjectLoader.LoadSet(change(project.Invocation()))).Fault;
    }
}
