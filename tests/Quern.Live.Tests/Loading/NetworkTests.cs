using System.Globalization;
using Quern.Delivery;
using Quern.Live.Tests.Postgres;
using Quern.Loading;
using Quern.Running;

namespace Quern.Live.Tests.Loading;

/// <summary>Connections that are not made, that end, and that are slow.</summary>
public sealed class NetworkTests(PostgresServer server) : IDisposable
{
    const string Source = "select i as id, repeat('x', 50) as v from range(100000) t(i)";

    readonly Schema _db = new(server);

    public void Dispose() => _db.Dispose();

    [Fact]
    public void A_server_that_is_not_there_is_exit_code_5_at_once()
    {
        var fault = Schema.Fails(_db.Request("select 1 as id", "t") with { To = "postgres://me@127.0.0.1:1/db" });
        Assert.Equal(("QN8270", ExitCode.Unreachable, "postgres://me@127.0.0.1:1/db"), (fault.Code, fault.ExitCode, fault.Where));
        Assert.Equal("Connection refused", fault.Value);
    }

    [Fact]
    public void A_wrong_password_is_exit_code_5_and_is_not_shown()
    {
        var request = _db.Request("select 1 as id", "t") with { To = $"postgres://quern:wr0ng-pass@127.0.0.1:{server.Port}/postgres" };
        var fault = Schema.Fails(request);
        Assert.Equal(("QN8271", ExitCode.Unreachable), (fault.Code, fault.ExitCode));
        Assert.DoesNotContain("wr0ng", fault.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void What_a_load_would_fail_for_is_found_before_the_work_begins()
    {
        _db.Execute("create table t (id bigint)");
        var request = _db.Request("no-such-file.csv", "t");
        Load.Check(request);
        Assert.Equal("QN8263", Checked(request with { Mode = LoadMode.Create }));
        Assert.Equal("QN8264", Checked(request with { Table = $"{_db.Name}.nothing" }));
        Assert.Equal("QN8271", Checked(request with { To = $"postgres://quern:wr0ng-pass@127.0.0.1:{server.Port}/postgres" }));
        Assert.Equal("QN8270", Checked(request with { To = "postgres://me@127.0.0.1:1/db" }));
        _db.Execute("drop role if exists idle; create role idle login password 'a b c'");
        try
        {
            _db.Execute($"grant usage on schema {_db.Name} to idle; grant select on t to idle");
            var idle = request with { To = $"postgres://idle:a%20b%20c@127.0.0.1:{server.Port}/postgres" };
            Assert.Equal("QN8276", Checked(idle));
            Assert.Equal("QN8276", Checked(idle with { Table = $"{_db.Name}.made", Mode = LoadMode.Create }));
        }
        finally
        {
            _db.Execute("drop owned by idle; drop role idle");
        }

        static string Checked(LoadRequest request) => Assert.Throws<QuernException>(() => Load.Check(request)).Fault.Code;
    }

    [Fact]
    public void A_database_that_does_not_exist_is_exit_code_5()
    {
        var fault = Schema.Fails(_db.Request("select 1 as id", "t") with { To = server.Url.Replace("/postgres", "/nothing", StringComparison.Ordinal) });
        Assert.Equal(("QN8272", ExitCode.Unreachable), (fault.Code, fault.ExitCode));
    }

    [Fact]
    public void A_server_without_TLS_is_refused_where_its_name_must_be_proved()
    {
        var fault = Schema.Fails(_db.Request("select 1 as id", "t") with { To = server.Url + "?sslmode=verify-full" });
        Assert.Equal(("QN8273", ExitCode.Unreachable, "sslmode verify-full"), (fault.Code, fault.ExitCode, fault.Wanted));
    }

    [Theory]
    [InlineData(LoadMode.Append, 1)]
    [InlineData(LoadMode.Replace, 1)]
    [InlineData(LoadMode.Append, 2)]
    public void A_connection_that_is_cut_in_the_middle_is_made_again_and_no_row_comes_twice(LoadMode mode, int connections)
    {
        _db.Execute("create table t (id bigint, v text)");
        using var proxy = new Proxy(server.Port) { CutAfter = number => number == connections ? 100_000 : null };
        var report = Schema.Done(Through(proxy, mode) with { Connections = connections });
        Assert.Equal("100000 100000", _db.One("select count(*), count(distinct id) from t"));
        Assert.Contains(report.Warnings, w => w.Code == "QN8289");
        Assert.Equal((2L, 1L), (Setting(report, "load_attempts"), Setting(report, "load_failures")));
        Assert.Empty(_db.Leftovers());
    }

    [Fact]
    public void A_connection_that_is_always_cut_is_exit_code_5_and_the_table_is_as_it_was()
    {
        _db.Execute("create table t (id bigint, v text); insert into t values (-1)");
        using var proxy = new Proxy(server.Port) { CutAfter = _ => 1_000_000 };
        var fault = Schema.Fails(Through(proxy, LoadMode.Replace) with { RetryBudget = TimeSpan.FromSeconds(2) });
        Assert.Equal(("QN8275", ExitCode.Unreachable), (fault.Code, fault.ExitCode));
        Assert.Equal("-1 -", _db.One("select * from t"));
        Schema.Done(_db.Request(Source, "t", LoadMode.Replace));
        Assert.Empty(_db.Leftovers());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void An_answer_to_the_commit_that_is_lost_is_asked_for(bool isCut)
    {
        _db.Execute("create table t (id bigint, v text)");
        using var proxy = new Proxy(server.Port) { CutAt = number => isCut && number == 1 ? "commit"u8.ToArray() : null };
        Schema.Done(Through(proxy, LoadMode.Append));
        Assert.Equal("100000", _db.One("select count(*) from t"));
        // The server may have to be asked more than once.
        Assert.InRange(proxy.Connections, isCut ? 2 : 1, isCut ? 100 : 1);
    }

    [Fact]
    public void A_slow_connection_brings_all_rows()
    {
        _db.Execute("create table t (id bigint, v text)");
        using var trickle = new Proxy(server.Port) { Piece = 700 };
        Schema.Done(Through(trickle, LoadMode.Append));
        using var late = new Proxy(server.Port) { Delay = TimeSpan.FromMilliseconds(20) };
        Schema.Done(Through(late, LoadMode.Append) with { Inputs = ["select 1 as id, 'x' as v"] });
        Assert.Equal("100001", _db.One("select count(*) from t"));
    }

    [Fact]
    public async Task A_lock_of_another_session_is_waited_for_and_then_named()
    {
        _db.Execute("create table t (id bigint, v text)");
        using var other = server.Open();
        PostgresServer.Execute(other, $"begin; lock table {_db.Name}.t");
        var request = _db.Request(Source, "t") with { LockTimeout = TimeSpan.FromMilliseconds(100), RetryBudget = TimeSpan.FromSeconds(1) };
        var fault = Schema.Fails(request);
        Assert.Equal(("QN8278", "others hold the table for too long"), (fault.Code, fault.What));
        var cancel = TestContext.Current.CancellationToken;
        var waiting = Task.Run(() => Schema.Done(request with { RetryBudget = TimeSpan.FromSeconds(60) }), cancel);
        await Task.Delay(500, cancel);
        PostgresServer.Execute(other, "rollback");
        Assert.Equal(100_000, (await waiting).Written);
        Assert.Equal("100000", _db.One("select count(*) from t"));
    }

    [Fact]
    public void A_load_that_is_stopped_leaves_nothing()
    {
        _db.Execute("create table t (id bigint, v text)");
        using var stop = new CancellationTokenSource();
        using var slow = new Proxy(server.Port) { Piece = 4096, Delay = TimeSpan.FromMilliseconds(5) };
        stop.CancelAfter(700);
        var report = Schema.Run(Through(slow, LoadMode.Replace), stop.Token);
        Assert.Equal("QN9004", report.Error?.Code);
        Assert.Equal("0", _db.One("select count(*) from t"));
        // What was on its way reaches the server later, and then the end of the connection.
        Assert.True(SpinWait.SpinUntil(
            () => Schema.Done(_db.Request("select 1 as id, 'x' as v", "t", LoadMode.Replace)).Written == 1 && _db.Leftovers().Length == 0,
            TimeSpan.FromSeconds(60)));
    }

    [Theory]
    [InlineData("truncate")]
    [InlineData("copy ")]
    [InlineData("advisory")]
    [InlineData("insert into")]
    public void A_server_that_falls_silent_does_not_hold_up_who_stops_the_load(string word)
    {
        _db.Execute("create table t (id bigint, v text)");
        using var proxy = new Proxy(server.Port) { SilentFrom = System.Text.Encoding.ASCII.GetBytes(word) };
        var request = Through(proxy, LoadMode.Replace) with { Method = word == "insert into" ? LoadMethod.Optimized : LoadMethod.Copy };
        Assert.True(Stopped(request, () => proxy.IsSilent) < TimeSpan.FromSeconds(10));
        Assert.Equal("0", _db.One("select count(*) from t"));
    }

    [Fact]
    public void Connections_that_are_refused_leave_none_of_the_others_open()
    {
        _db.Execute("create table t (id bigint, v text); drop role if exists few; create role few login connection limit 2 password 'a b c'");
        _db.Execute($"grant all on schema {_db.Name} to few; grant all on t to few");
        try
        {
            var request = _db.Request(Source, "t") with
            {
                To = $"postgres://few:a%20b%20c@127.0.0.1:{server.Port}/postgres",
                Connections = 3,
                RetryBudget = TimeSpan.FromSeconds(1),
            };
            Assert.Contains("too many connections", Schema.Fails(request).Value, StringComparison.Ordinal);
            Assert.True(SpinWait.SpinUntil(() => _db.One("select count(*) from pg_stat_activity where usename = 'few'") == "0", TimeSpan.FromSeconds(10)));
        }
        finally
        {
            _db.Execute("drop owned by few; drop role few");
        }
    }

    [Fact]
    public void A_server_that_never_answers_does_not_hold_up_who_stops_the_load()
    {
        using var listener = new System.Net.Sockets.TcpListener(System.Net.IPAddress.Loopback, 0);
        listener.Start();
        var port = ((System.Net.IPEndPoint)listener.LocalEndpoint).Port;
        Assert.True(Stopped(_db.Request("select 1 as id", "t") with { To = PostgresServer.UrlOf(port) }, listener.Pending) < TimeSpan.FromSeconds(10));
    }

    [Theory]
    [InlineData(LoadMode.Append)]
    [InlineData(LoadMode.Replace)]
    public void A_load_that_waits_for_a_lock_is_stopped_and_so_is_its_statement(LoadMode mode)
    {
        _db.Execute("create table t (id bigint, v text)");
        using var other = server.Open();
        PostgresServer.Execute(other, $"begin; lock table {_db.Name}.t");
        var waits = $"select count(*) from pg_locks where not granted and relation = '{_db.Name}.t'::regclass";
        Assert.True(Stopped(_db.Request(Source, "t", mode) with { LockTimeout = TimeSpan.FromMinutes(5) }, () => _db.One(waits) != "0") < TimeSpan.FromSeconds(10));
        Assert.True(SpinWait.SpinUntil(() => _db.One(waits) == "0", TimeSpan.FromSeconds(10)), "the statement waits on in the server");
        PostgresServer.Execute(other, "rollback");
        Assert.Equal("0", _db.One("select count(*) from t"));
        Assert.Empty(_db.Leftovers());
    }

    [Fact]
    public async Task A_commit_that_is_under_way_is_not_stopped_and_is_reported()
    {
        _db.Execute(
            """
            create table t (id bigint, v text);
            create function slow() returns trigger language plpgsql as 'begin perform pg_sleep(2); return new; end';
            create constraint trigger slow after insert on t deferrable initially deferred for each row execute function slow()
            """);
        using var stop = new CancellationTokenSource();
        var load = Task.Run(() => Schema.Run(_db.Request("select 1 as id, 'x' as v", "t"), stop.Token), TestContext.Current.CancellationToken);
        var sleeps = "select count(*) from pg_stat_activity where query = 'commit' and wait_event = 'PgSleep'";
        Assert.True(SpinWait.SpinUntil(() => load.IsCompleted || _db.One(sleeps) != "0", TimeSpan.FromMinutes(1)));
        await stop.CancelAsync();
        var report = await load.WaitAsync(TimeSpan.FromMinutes(1), TestContext.Current.CancellationToken);
        Assert.Null(report.Error);
        Assert.Equal(1, report.Written);
        Assert.Equal("1 x", _db.One("select * from t"));
    }

    /// <summary>How long a load takes to end from the moment that it is stopped, once something has happened.</summary>
    static TimeSpan Stopped(LoadRequest request, Func<bool> happened)
    {
        using var stop = new CancellationTokenSource();
        var load = Task.Run(() => Schema.Run(request, stop.Token), TestContext.Current.CancellationToken);
        Assert.True(SpinWait.SpinUntil(() => happened() || load.IsCompleted, TimeSpan.FromMinutes(2)), "nothing happened");
        var began = TimeProvider.System.GetTimestamp();
        stop.Cancel();
        Assert.True(load.Wait(TimeSpan.FromMinutes(1), TestContext.Current.CancellationToken), "it does not end");
        Assert.Equal("QN9004", load.Result.Error?.Code);
        return TimeProvider.System.GetElapsedTime(began);
    }

    LoadRequest Through(Proxy proxy, LoadMode mode) => _db.Request(Source, "t", mode) with { To = PostgresServer.UrlOf(proxy.Port) };

    static long Setting(RunReport report, string name) => Convert.ToInt64(report.Settings.Single(s => s.Key == name).Value, CultureInfo.InvariantCulture);
}
