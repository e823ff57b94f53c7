using System.Diagnostics;

namespace Quern.Tests.Duck;

public class DuckCancelTests
{
    const string Endless = "select sum(hash(a.range) % 7 + hash(b.range) % 5) from range(10000000) a, range(10000000) b";

    [Fact]
    public void A_token_ends_a_long_query()
    {
        using var session = TestDuck.Memory();
        using var cancel = new CancellationTokenSource(TimeSpan.FromMilliseconds(100));
        var watch = Stopwatch.StartNew();
        var thrown = Assert.Throws<OperationCanceledException>(() => session.Execute(Endless, cancel.Token));
        Assert.Equal(cancel.Token, thrown.CancellationToken);
        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(1), $"took {watch.Elapsed}");
        Assert.Equal(1, session.Scalar<int>("select 1"));
    }

    [Fact]
    public void A_token_ends_a_stream()
    {
        using var session = TestDuck.Memory();
        using var cancel = new CancellationTokenSource();
        using var result = session.Query("select a.range, b.range from range(1000000) a, range(1000000) b", cancel.Token);
        Assert.NotNull(result.Next());
        cancel.Cancel();
        Assert.Throws<OperationCanceledException>(() =>
        {
            while (result.Next() is not null)
            {
            }
        });
        Assert.Equal(1, session.Scalar<int>("select 1"));
    }

    [Fact]
    public void A_token_that_fired_before_starts_nothing()
    {
        using var session = TestDuck.Memory();
        session.Execute("create table t(a int)");
        Assert.Throws<OperationCanceledException>(() => session.Execute("insert into t values (1)", new CancellationToken(true)));
        Assert.Equal(0, session.Scalar<long>("select count(*) from t"));
    }

    [Fact]
    public void Tokens_that_fire_at_any_moment_never_hang_nor_hit_the_next_statement()
    {
        using var session = TestDuck.Memory();
        for (var micros = 0; micros < 3000; micros += 100)
        {
            using var cancel = new CancellationTokenSource();
            using var timer = new Timer(_ => cancel.Cancel(), null, TimeSpan.FromMicroseconds(micros), Timeout.InfiniteTimeSpan);
            Assert.Throws<OperationCanceledException>(() => session.Execute(Endless, cancel.Token));
            Assert.Equal(micros, session.Scalar<int>($"select {micros}"));
        }
    }

    [Fact]
    public async Task An_interrupt_without_a_token_is_a_fault()
    {
        using var session = TestDuck.Memory();
        var query = Task.Run(() => Assert.Throws<QuernException>(() => session.Execute(Endless)));
        while (!query.IsCompleted)
        {
            session.Interrupt();
            await Task.Delay(10);
        }
        Assert.Equal("error QN9016: INTERRUPT Error: Interrupted!", (await query).Fault.ToString());
    }
}
