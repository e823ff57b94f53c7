using Quern.Delivery.Postgres.Copying;

namespace Quern.Tests.Delivery.Postgres;

/// <summary>What waits to be sent is bounded in bytes, whatever the size of rows.</summary>
public sealed class WaitingBytesTests
{
    [Fact]
    public async Task What_is_larger_than_all_goes_alone()
    {
        var waiting = new BytesOnTheWay(100);
        waiting.Enter(60, CancellationToken.None);
        waiting.Enter(40, CancellationToken.None);
        Assert.Throws<OperationCanceledException>(() => Enter(waiting, 1));
        waiting.Leave(60);
        waiting.Leave(40);
        waiting.Enter(5000, CancellationToken.None);
        Assert.Throws<OperationCanceledException>(() => Enter(waiting, 1));
        var next = Task.Run(() => waiting.Enter(1, CancellationToken.None), TestContext.Current.CancellationToken);
        waiting.Leave(5000);
        await next.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);
    }

    [Fact]
    public void A_block_does_not_keep_what_a_large_row_took()
    {
        var block = new Block(1000);
        block.Buffer.Write(new byte[5_000_000]);
        block.Add(0);
        block.Clear();
        Assert.Equal((1000, 0, 0), (block.Buffer.Room, block.Buffer.Length, block.Rows));
    }

    static void Enter(BytesOnTheWay waiting, long bytes)
    {
        using var soon = new CancellationTokenSource(TimeSpan.FromMilliseconds(50));
        waiting.Enter(bytes, soon.Token);
    }
}
