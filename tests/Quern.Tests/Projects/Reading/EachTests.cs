using Quern.Projects.Reading;

namespace Quern.Tests.Projects.Reading;

/// <summary>The same work on many things, on all processors.</summary>
public sealed class EachTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(1_000)]
    public void Results_are_in_the_order_of_the_items(int count)
    {
        int[] items = [.. Enumerable.Range(0, count)];

        Assert.Equal(items.Select(i => i * 2), Each.Of(items, i => i * 2, TestContext.Current.CancellationToken));
    }

    [Fact]
    public void The_error_is_that_of_the_first_item_that_fails()
    {
        for (var round = 0; round < 50; round++)
        {
            var error = Assert.Throws<QuernException>(() => Each.Of([.. Enumerable.Range(0, 200)], i =>
            {
                // Those behind it fail sooner.
                if (i == 7) Thread.SpinWait(20_000);
                return i >= 7 ? throw new QuernException(new Fault("QN0000", $"item {i}")) : i;
            }, TestContext.Current.CancellationToken));

            Assert.Equal("item 7", error.Fault.What);
        }
    }

    [Fact]
    public void An_error_of_another_kind_comes_out_as_it_is() => Assert.Throws<InvalidOperationException>(() =>
        Each.Of([1, 2, 3, 4, 5], i => i == 3 ? throw new InvalidOperationException() : i, TestContext.Current.CancellationToken));

    [Fact]
    public void Cancelling_stops_it()
    {
        using var cancel = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        var done = 0;

        Assert.ThrowsAny<OperationCanceledException>(() => Each.Of([.. Enumerable.Range(0, 100_000)], i =>
        {
            if (Interlocked.Increment(ref done) == 10) cancel.Cancel();
            return i;
        }, cancel.Token));
        Assert.InRange(done, 10, 99_999);
    }
}
