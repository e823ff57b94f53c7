using System.Text.Json;
using Quern.Live.Tests.Postgres;

namespace Quern.Live.Tests.Loading;

/// <summary>The verb, as a process.</summary>
public sealed class VerbTests(PostgresServer server) : IDisposable
{
    readonly Schema _db = new(server);

    public void Dispose() => _db.Dispose();

    [Fact]
    public void Standard_input_may_have_a_file_for_rejects_as_long_as_the_database_refuses_none()
    {
        _db.Execute("create table t (id int, v smallint)");
        string[] load = ["load", "-", "--to", server.Url, "--table", $"{_db.Name}.t", "--rejects", "bad.csv", "--quiet"];
        var ended = Command.Run(_db.Folder, [], "id,v\n1,10\n2,20\n", load);
        Assert.True(ended.Code == 0, ended.Error);
        ended = Command.Run(_db.Folder, [], "id,v\n3,30\n4,40,50\n5,50\n", load);
        Assert.True(ended.Code == (int)ExitCode.DoneWithRejects, ended.Error);
        Assert.Equal("4 1 5", _db.One("select count(*), min(id), max(id) from t"));
    }

    [Fact]
    public void A_password_comes_from_the_environment_a_file_or_a_service_and_is_never_shown()
    {
        _db.Execute("create table t (id int)");
        var home = _db.Folder;
        var address = $"postgres://quern@127.0.0.1:{server.Port}/postgres";
        var escaped = PostgresServer.Password.Replace("\\", "\\\\", StringComparison.Ordinal).Replace(":", "\\:", StringComparison.Ordinal);
        var pass = _db.Write(".pgpass", $"# mine\nother:*:*:*:no\n127.0.0.1:{server.Port}:*:quern:{escaped}\n");
        File.SetUnixFileMode(pass, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        _db.Write(".pg_service.conf", $"[mine]\nhost=127.0.0.1\nport={server.Port}\nuser=quern\ndbname=postgres\npassword={PostgresServer.Password}\n");
        (Dictionary<string, string> Variables, string To)[] ways =
        [
            (new() { ["PGPASSWORD"] = PostgresServer.Password }, address),
            (new() { ["HOME"] = home }, address),
            (new() { ["HOME"] = home }, "service=mine"),
            (new() { ["HOME"] = home, ["PGSERVICE"] = "mine" }, "postgres://"),
            ([], server.Url),
            ([], $"postgres://quern@/postgres?host={server.SocketFolder}&port={server.Port}"),
        ];
        foreach (var (variables, to) in ways)
        {
            var (code, output, error) = Command.Run(_db.Folder, variables, "", "load", "select 1 as id", "--to", to, "--table", $"{_db.Name}.t", "--json");
            Assert.True(code == 0, $"{to}: {error}");
            Assert.DoesNotContain("p@ss", output + error, StringComparison.Ordinal);
            Assert.DoesNotContain("p%40ss", output + error, StringComparison.Ordinal);
        }
        Assert.Equal("6", _db.One("select count(*) from t"));
        var failed = Command.Run(_db.Folder, [], "", "load", "select 'x' as id", "--to", server.Url, "--table", $"{_db.Name}.t", "--json");
        Assert.Equal(1, failed.Code);
        Assert.DoesNotContain("p@ss", failed.Output + failed.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("p%40ss", failed.Output + failed.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Standard_input_is_loaded()
    {
        var (code, output, error) = Command.Run(
            _db.Folder, [], "id,good\n1,pear\n2,fig\n", "load", "-", "--to", server.Url, "--table", $"{_db.Name}.goods", "--mode", "create", "--json");
        Assert.True(code == 0, error);
        using var json = JsonDocument.Parse(output);
        Assert.Equal(2, json.RootElement.GetProperty("rows").GetProperty("written").GetInt32());
        var made = json.RootElement.GetProperty("outputs")[0];
        Assert.Equal(
            ($"postgres://quern@127.0.0.1:{server.Port}/postgres {_db.Name}.goods", "postgres"),
            (made.GetProperty("path").GetString(), made.GetProperty("kind").GetString()));
        Assert.Equal(["1 pear", "2 fig"], _db.Rows("select * from goods order by id"));
    }

    [Fact]
    public void A_query_over_files_is_loaded()
    {
        _db.Write("a.csv", "id,ok\n1,true\n2,false\n");
        var (code, _, error) = Command.Run(
            _db.Folder, [], "", "load", "from 'a.csv' where ok", "--to", server.Url, "--table", $"{_db.Name}.a", "--mode", "create");
        Assert.True(code == 0, error);
        Assert.Equal("1 t", _db.One("select * from a"));
    }

    [Fact]
    public void The_plan_is_shown_and_nothing_is_done()
    {
        _db.Execute("create table t (id int, day date); insert into t values (1, null)");
        var (code, output, error) = Command.Run(
            _db.Folder, [], "", "load", "select 2 as id, '2026-01-01' as day", "--to", server.Url, "--table", $"{_db.Name}.t", "--mode", "replace", "--key", "id",
            "--explain");
        Assert.True(code == 0, error);
        Assert.Contains(
            $"""
               postgres://quern@127.0.0.1:{server.Port}/postgres, sslmode prefer
               table {_db.Name}.t: rows with the same id are replaced, others stay
                 id integer
                 day date     VARCHAR is read as date
               binary COPY over 1 connection into an unlogged staging table,
               then one transaction that moves the rows, counts them and commits
            """, output, StringComparison.Ordinal);
        Assert.Equal("1 -", _db.One("select * from t"));
    }

    [Fact]
    public void Values_of_options_that_are_none_are_refused()
    {
        var (code, _, error) = Command.Run(_db.Folder, [], "", "load", "select 1 as id", "--to", server.Url, "--mode", "repalce");
        Assert.Equal(2, code);
        Assert.Equal(
            """
            error QN1005: not a value of this option
              where   --mode
              value   "repalce"
              wanted  create, append, replace, merge
              try     --mode replace

            """, error);
    }
}
