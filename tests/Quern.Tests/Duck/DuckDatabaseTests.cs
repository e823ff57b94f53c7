using Quern.Duck;

namespace Quern.Tests.Duck;

public sealed class DuckDatabaseTests : IDisposable
{
    readonly string _root = Directory.CreateTempSubdirectory("quern-tests-").FullName;

    public void Dispose() => Directory.Delete(_root, recursive: true);

    [Fact]
    public void Opens_with_the_limits_it_is_given_and_never_goes_to_the_network()
    {
        using var database = DuckDatabase.Open(new DuckOptions
        {
            MemoryLimitBytes = 123 << 20,
            Threads = 3,
            TempDirectory = _root,
            Settings = new Dictionary<string, string> { ["preserve_insertion_order"] = "false" },
        });
        using var session = database.Connect();
        string[] names =
        [
            "memory_limit", "threads", "temp_directory", "preserve_insertion_order", "autoinstall_known_extensions",
            "autoload_known_extensions", "enable_progress_bar", "TimeZone",
        ];
        Assert.Equal(["123.0 MiB", "3", _root, "false", "false", "false", "false", "UTC"], names.Select(session.Setting));
    }

    [Fact]
    public void A_file_keeps_its_tables_and_can_be_opened_for_reading_only()
    {
        var options = TestDuck.Options with { Path = Path.Combine(_root, "a.duckdb") };
        using (var database = DuckDatabase.Open(options))
        using (var session = database.Connect()) session.Execute("create table t as from range(10)");
        using var reading = DuckDatabase.Open(options with { ReadOnly = true });
        using var reader = reading.Connect();
        Assert.Equal(10, reader.Scalar<long>("select count(*) from t"));
        var thrown = Assert.Throws<QuernException>(() => reader.Execute("drop table t"));
        Assert.Equal("QN9018", thrown.Fault.Code);
    }

    [Fact]
    public void Sessions_of_one_database_see_the_same_tables_but_have_their_own_settings()
    {
        using var database = DuckDatabase.Open(TestDuck.Options);
        using var one = database.Connect();
        using var two = database.Connect();
        one.Execute("create table t(a int)");
        one.Set("search_path", "main,pg_catalog");
        Assert.Equal(0, two.Scalar<long>("select count(*) from t"));
        Assert.Equal(("main,pg_catalog", ""), (one.Setting("search_path"), two.Setting("search_path")));
    }

    [Fact]
    public void A_session_lives_on_after_its_database_is_disposed()
    {
        var database = DuckDatabase.Open(TestDuck.Options);
        using var session = database.Connect();
        database.Dispose();
        Assert.Equal(1, session.Scalar<int>("select 1"));
        Assert.Throws<ObjectDisposedException>(database.Connect);
    }

    [Fact]
    public void The_library_is_the_one_this_layer_is_written_for() => Assert.Equal(DuckLibrary.ExpectedVersion, DuckLibrary.Version);
}
