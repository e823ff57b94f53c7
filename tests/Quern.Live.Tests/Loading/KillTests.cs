using System.Diagnostics;
using Quern.Delivery;
using Quern.Live.Tests.Postgres;

namespace Quern.Live.Tests.Loading;

/// <summary>Loads that end when nobody expects it: the table has the rows of one load only, the one before or this one.</summary>
public sealed class KillTests(PostgresServer server, ITestOutputHelper log) : IDisposable
{
    const int Kills = 50, Crashes = 12, Seed = 20261121;

    static CancellationToken Cancel => TestContext.Current.CancellationToken;

    readonly Schema _db = new(server);

    public void Dispose() => _db.Dispose();

    [Fact]
    public async Task A_load_that_is_killed_leaves_the_old_rows_or_the_new()
    {
        var random = new Random(Seed);
        _db.Execute("create table t (run int, id bigint, v text); create index on t (run)");
        var clock = Stopwatch.StartNew();
        using (var first = Start(0)) Assert.Equal(0, first.End().Code);
        var usual = clock.Elapsed;
        var (held, changed, staged) = ("0", 0, 0);
        for (var run = 1; run <= Kills; run++)
        {
            using (var load = Start(run))
            {
                // Half of them anywhere, half once rows are on their way.
                if (run % 2 == 0) await Task.Delay(usual * (0.3 + (0.8 * random.NextDouble())), Cancel);
                else await AwaitStaging(load, TimeSpan.FromMilliseconds(400 * random.NextDouble()));
                if (load.IsRunning) load.Kill();
                load.End();
            }
            if (_db.Leftovers().Length > 0) staged++;
            var holds = _db.One("select string_agg(distinct run::text, ' ') || ' ' || count(*) from t");
            Assert.True(holds == $"{held} 60000" || holds == $"{run} 60000", $"\"{holds}\" after run {run}, and \"{held}\" before");
            if (holds == $"{run} 60000") changed++;
            held = holds.Split(' ')[0];
        }
        log.WriteLine($"{Kills} kills: {changed} after the commit, {staged} while a staging table was there");
        Assert.True(staged > 0, "no load was killed while its rows were staged");
        using (var last = Start(99)) Assert.Equal(0, last.End().Code);
        Assert.Equal("99 60000", _db.One("select string_agg(distinct run::text, ' ') || ' ' || count(*) from t"));
        Assert.Empty(_db.Leftovers());
    }

    [Fact]
    public async Task A_server_that_is_killed_has_the_old_rows_or_the_new()
    {
        // A server of its own: others of the tests need theirs.
        using var own = new PostgresServer();
        own.Need();
        using var db = new Schema(own);
        db.Execute("create table t (run int, id bigint, v text)");
        var random = new Random(Seed);
        var held = "- 0";
        var survived = 0;
        for (var run = 1; run <= Crashes; run++)
        {
            var number = run;
            var request = db.Request($"select {run} as run, i as id, repeat('x', 40) as v from range(60000) t(i)", "t", LoadMode.Replace);
            var load = Task.Run(() => Schema.Run(request), Cancel);
            await Task.Delay(random.Next(20, 700), Cancel);
            own.Crash();
            var report = await load;
            db.Reconnect();
            var holds = db.Rows("select coalesce(string_agg(distinct run::text, ' '), '-') || ' ' || count(*) from t")[0];
            if (report.Error is null)
            {
                survived++;
                Assert.Equal($"{number} 60000", holds);
            }
            else
            {
                Assert.Equal(ExitCode.Unreachable, report.Error.ExitCode);
                Assert.Equal(held, holds);
            }
            held = holds;
        }
        log.WriteLine($"{Crashes} crashes, {survived} loads that went on behind them");
        Assert.True(survived > 0, "no load survived");
        Schema.Done(db.Request("select 0 as run, 1 as id, 'x' as v", "t", LoadMode.Replace));
        Assert.Empty(db.Leftovers());
    }

    async Task AwaitStaging(Command load, TimeSpan more)
    {
        while (load.IsRunning && _db.Leftovers().Length == 0) await Task.Delay(2, Cancel);
        await Task.Delay(more, Cancel);
    }

    Command Start(int run) => Command.Start(
        _db.Folder, [], "load", $"select {run} as run, i as id, repeat('x', 40) as v from range(60000) t(i)", "--to", server.Url, "--table", $"{_db.Name}.t",
        "--mode", "replace", "--quiet", "--memory", "500MB", "--threads", "1");
}
