using Quern.Jinja.Values;
using Quern.Projects;
using Quern.Projects.Settings;
using Quern.Projects.Warehouses;
using Quern.Tests.Delivery;
using Quern.Tests.Files;
using Quern.Yaml;

namespace Quern.Tests.Projects.Settings;

public sealed class WarehouseOpenerTests
{
    [Fact]
    public void A_file_is_made_in_the_working_directory_and_names_the_catalog()
    {
        using var folder = new ScratchFolder();
        Directory.CreateDirectory(folder["data"]);
        using (var warehouse = Open(folder, "{type: duckdb, path: data/shop.duckdb}"))
        using (var session = warehouse.Connect())
            Assert.Equal("shop", session.Query("select current_database()").Rows[0][0]);
        Assert.True(File.Exists(folder["data/shop.duckdb"]));
    }

    [Fact]
    public void A_missing_folder_is_an_error()
    {
        using var folder = new ScratchFolder();
        Assert.Equal(
            """
            error QN7178: the folder of the database does not exist
              where   path of target "dev", profile "shop"
              value   BASE/data/shop.duckdb
              try     mkdir -p BASE/data
                      run from the folder that the path begins in
            """,
            folder.Text(ScratchFolder.FaultOf(() => Open(folder, "{type: duckdb, path: data/shop.duckdb}").Dispose())));
    }

    [Fact]
    public void Settings_hold_on_every_connection()
    {
        using var folder = new ScratchFolder();
        using var warehouse = Open(folder, "{type: duckdb, settings: {default_order: DESC, enable_progress_bar: false, errors_as_json: true}, config_options: {preserve_insertion_order: false}}");
        for (var i = 0; i < 2; i++)
        {
            using var session = warehouse.Connect();
            Assert.Equal(["DESCENDING", "false"], session.Query("select upper(current_setting('default_order')), current_setting('preserve_insertion_order')::varchar").Rows[0]
                .Select(v => (string?)v == "DESC" ? "DESCENDING" : v));
        }
    }

    [Fact]
    public void The_callers_limits_win_over_the_profile_and_say_so()
    {
        using var folder = new ScratchFolder();
        var warnings = new List<string>();
        const string output = "{type: duckdb, settings: {max_memory: 3GB, threads: 7}}";
        using (var warehouse = Open(folder, output, warnings))
            Assert.Equal(("95.3 MiB", 2L), Limits(warehouse));
        Assert.Equal(
            ["QN7180 the setting max_memory = 3GB of the profile is not used: --memory wins", "QN7180 the setting threads = 7 of the profile is not used: --threads wins"],
            warnings);
        using (var warehouse = WarehouseOpener.Open(Target(output), new WarehouseOptions { WorkingDirectory = folder.Path, TempDirectory = "" }))
            Assert.Equal(("2.7 GiB", 7L), Limits(warehouse));
    }

    [Fact]
    public void Extensions_that_are_built_in_need_nothing_and_others_are_named()
    {
        using var folder = new ScratchFolder();
        Open(folder, "{type: duckdb, extensions: [json, parquet, {name: icu}]}").Dispose();
        var fault = ScratchFolder.FaultOf(() => Open(folder, "{type: duckdb, extensions: [json, httpfs]}").Dispose());
        Assert.Equal(("QN7179", "httpfs", "extensions of target \"dev\", profile \"shop\"", ExitCode.Usage), (fault.Code, fault.Value, fault.Where, fault.ExitCode));
    }

    [Fact]
    public void Databases_are_attached_and_one_of_them_may_be_the_target()
    {
        using var folder = new ScratchFolder();
        Open(folder, "{type: duckdb, path: other.duckdb}").Dispose();
        using var warehouse = Open(folder, "{type: duckdb, path: shop.duckdb, database: lake, attach: [{path: other.duckdb, alias: ro, read_only: true}, {path: lake.duckdb, alias: lake}]}");
        using var session = warehouse.Connect();
        Assert.Equal("lake", session.Query("select current_database()").Rows[0][0]);
        session.Execute("create table t (a integer)");
        Assert.Equal("lake", session.Query("select database_name from duckdb_tables()").Rows[0][0]);
        Assert.Throws<QuernException>(() => session.Execute("create table ro.main.t (a integer)"));
    }

    [Fact]
    public void What_is_there_is_known_after_opening()
    {
        using var folder = new ScratchFolder();
        using (var warehouse = Open(folder, "{type: duckdb, path: shop.duckdb}"))
        using (var session = warehouse.Connect())
            session.Execute("create schema s; create table s.t (a integer); create view v as select 1");
        using var again = Open(folder, "{type: duckdb, path: shop.duckdb}");
        Assert.Equal(RelationKind.Table, again.Find("shop", "s", "t")?.Kind);
        Assert.Equal(RelationKind.View, again.Find("shop", "main", "v")?.Kind);
    }

    [Fact]
    public void A_setting_that_is_not_known_is_an_error()
    {
        using var folder = new ScratchFolder();
        var atOpening = ScratchFolder.FaultOf(() => Open(folder, "{type: duckdb, config_options: {no_such: 1}}").Dispose());
        Assert.Equal(("config_options of target \"dev\", profile \"shop\"", ExitCode.Usage), (atOpening.Where, atOpening.ExitCode));
        Assert.Contains("no_such", atOpening.What);
        var later = ScratchFolder.FaultOf(() => Open(folder, "{type: duckdb, settings: {no_such: 1}}").Dispose());
        Assert.Equal(("settings of target \"dev\", profile \"shop\"", ExitCode.Usage), (later.Where, later.ExitCode));
    }

    [Fact]
    public void A_database_that_another_process_holds_is_an_error_of_its_own()
    {
        using var folder = new ScratchFolder();
        Open(folder, "{type: duckdb, path: shop.duckdb}").Dispose();
        using (new RecordLock(folder["shop.duckdb"]))
        {
            var fault = ScratchFolder.FaultOf(() => Open(folder, "{type: duckdb, path: shop.duckdb}").Dispose());
            Assert.Equal(("QN8103", "another process has the database open", folder["shop.duckdb"], ExitCode.Unreachable), (fault.Code, fault.What, fault.Where, fault.ExitCode));
        }
        Open(folder, "{type: duckdb, path: shop.duckdb}").Dispose();
    }

    [Fact]
    public void A_number_of_threads_that_is_none_is_an_error()
    {
        using var folder = new ScratchFolder();
        var options = new WarehouseOptions { WorkingDirectory = folder.Path, TempDirectory = "" };
        var fault = ScratchFolder.FaultOf(() => WarehouseOpener.Open(Target("{type: duckdb, settings: {threads: many}}"), options).Dispose());
        Assert.Equal(
            ("QN7177", "threads in the settings of target \"dev\", profile \"shop\"", ExitCode.Usage), (fault.Code, fault.Where, fault.ExitCode));
    }

    [Theory]
    [InlineData("postgres://reader:hunter2@nowhere/db")]
    [InlineData("ducklake://x?token=hunter2")]
    [InlineData("host=nowhere password=hunter2")]
    public void The_path_of_a_server_is_not_told_when_it_cannot_be_attached(string path)
    {
        using var folder = new ScratchFolder();
        var error = Assert.Throws<QuernException>(
            () => Open(folder, $"{{type: duckdb, attach: [{{path: '{path}', alias: far, type: postgres}}]}}").Dispose());
        Assert.Equal(("far", "attach of target \"dev\", profile \"shop\"", ExitCode.Usage), (error.Fault.Value, error.Fault.Where, error.Fault.ExitCode));
        Assert.DoesNotContain("hunter2", error.ToString());
    }

    [Theory]
    [InlineData("{path: other.duckdb}")]
    [InlineData("[{path: other.duckdb, options: {'a b': k}}]")]
    [InlineData("[{path: other.duckdb, is_ducklake: true}]")]
    public void What_attach_cannot_do_is_refused(string attach) =>
        Assert.Equal("QN7177", ScratchFolder.FaultOf(() => Target($"{{type: duckdb, attach: {attach}}}")).Code);

    [Fact]
    public void Options_of_attach_are_the_engines()
    {
        using var folder = new ScratchFolder();
        using var again = Open(folder, "{type: duckdb, attach: [{path: made.duckdb, alias: made, options: {block_size: 16384}}]}");
        using var session = again.Connect();
        Assert.Equal(16384L, Convert.ToInt64(session.Query("select block_size from pragma_database_size() where database_name = 'made'").Rows[0][0], System.Globalization.CultureInfo.InvariantCulture));
    }

    [Fact]
    public void The_key_of_a_database_is_not_told_when_it_cannot_be_attached()
    {
        using var folder = new ScratchFolder();
        var fault = ScratchFolder.FaultOf(() => Open(folder, "{type: duckdb, attach: [{path: made.duckdb, alias: made, options: {encryption_key: hunter2, nosuch: 1}}]}").Dispose());
        Assert.DoesNotContain("hunter2", fault.ToString(), StringComparison.Ordinal);
        Assert.Equal("made", fault.Value);
    }

    [Fact]
    public void A_secret_that_cannot_be_made_names_its_type_and_no_value()
    {
        using var folder = new ScratchFolder();
        var fault = ScratchFolder.FaultOf(() => Open(folder, "{type: duckdb, secrets: [{type: nosuch, name: lake, key_id: hunter2}]}").Dispose());
        Assert.Equal(("QN7199", ExitCode.Usage), (fault.Code, fault.ExitCode));
        Assert.StartsWith("secret lake of type nosuch", fault.Value, StringComparison.Ordinal);
        Assert.DoesNotContain("hunter2", fault.ToString(), StringComparison.Ordinal);
    }

    static (object?, object?) Limits(Warehouse warehouse)
    {
        using var session = warehouse.Connect();
        var row = session.Query("select current_setting('memory_limit'), current_setting('threads')").Rows[0];
        return (row[0], row[1]);
    }

    static Target Target(string output) => TargetReader.Make("shop", "dev", (Dict)YamlText.Read(output, "profiles.yml")!, "profiles.yml", null, (_, _) => { });

    static Warehouse Open(ScratchFolder folder, string output, List<string>? warnings = null) => WarehouseOpener.Open(Target(output), new WarehouseOptions
    {
        WorkingDirectory = folder.Path,
        MemoryLimitBytes = 100_000_000,
        EngineThreads = 2,
        TempDirectory = "",
        Warn = (code, text) => warnings?.Add($"{code} {text}"),
    });
}
