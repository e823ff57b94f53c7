using Quern.Budget;

namespace Quern.Tests.Budget;

public class MemoryLedgerTests
{
    static MemoryLedger Ledger() => new(new MemorySize(1_000_000_000), 100_000_000);

    [Fact]
    public void Leases_until_the_limit_and_not_beyond()
    {
        var ledger = Ledger();
        using var duck = ledger.Take("duckdb", 600_000_000);
        using var blocks = ledger.TryTake("csv blocks", 300_000_000);
        Assert.NotNull(blocks);
        Assert.Equal(0, ledger.FreeBytes);
        Assert.Null(ledger.TryTake("one byte", 1));
        Assert.Equal([("duckdb", 600_000_000), ("csv blocks", 300_000_000)], ledger.Holders);
    }

    [Fact]
    public void Takes_back_what_is_disposed_once()
    {
        var ledger = Ledger();
        var lease = ledger.Take("csv blocks", 300_000_000);
        lease.Dispose();
        lease.Dispose();
        Assert.Equal((0, 300_000_000, 900_000_000), (ledger.LeasedBytes, ledger.PeakLeasedBytes, ledger.FreeBytes));
        Assert.Equal(0, lease.Bytes);
        Assert.Empty(ledger.Holders);
    }

    [Fact]
    public void Names_the_holders_and_the_limit_that_would_do_when_it_refuses()
    {
        var ledger = Ledger();
        using var duck = ledger.Take("duckdb", 600_000_000);
        var fault = Assert.Throws<QuernException>(() => ledger.Take("fold pods", 400_000_001)).Fault;
        Assert.Equal(ExitCode.MemoryLimit, fault.ExitCode);
        Assert.Equal(
            "error QN9003: the memory limit leaves no room for fold pods\n" +
            "  value   400 MB more\n" +
            "  wanted  no more than is free of 1 GB = runtime 100 MB + duckdb 600 MB + free 300 MB\n" +
            "  try     --memory 1101MB",
            fault.ToString());
    }

    [Fact]
    public void Resizes_a_lease_within_the_limit()
    {
        var ledger = Ledger();
        var lease = ledger.Take("fold pods", 100_000_000);
        Assert.True(lease.TryResize(900_000_000));
        Assert.False(lease.TryResize(900_000_001));
        Assert.Equal(900_000_000, lease.Bytes);
        Assert.True(lease.TryResize(0));
        Assert.Equal(900_000_000, ledger.FreeBytes);
        lease.Dispose();
        Assert.Throws<ObjectDisposedException>(() => lease.TryResize(1));
    }

    [Fact]
    public void Refuses_a_limit_that_the_runtime_alone_exceeds()
    {
        var fault = Assert.Throws<QuernException>(() => new MemoryLedger(new MemorySize(10_000_000))).Fault;
        Assert.Equal(ExitCode.MemoryLimit, fault.ExitCode);
        Assert.Equal(
            "error QN9002: the memory limit is below what the process needs to start\n" +
            "  value   10 MB\n" +
            "  wanted  more than 80 MB\n" +
            "  try     --memory 256MB     enough for small inputs\n" +
            "          --explain          shows what a run would lease",
            fault.ToString());
    }

    [Fact]
    public void Prints_the_arithmetic_of_the_limit()
    {
        var ledger = Ledger();
        using var duck = ledger.Take("duckdb", 600_000_000);
        Assert.Equal("1 GB = runtime 100 MB + duckdb 600 MB + free 300 MB", ledger.ToString());
    }

    [Fact]
    public void Never_exceeds_the_limit_under_many_threads()
    {
        var ledger = new MemoryLedger(new MemorySize(1_000), 100);
        Parallel.For(0, 10_000, new ParallelOptions { MaxDegreeOfParallelism = 8 }, i =>
        {
            using var lease = ledger.TryTake("worker", i % 700);
        });
        Assert.Equal(0, ledger.LeasedBytes);
        Assert.InRange(ledger.PeakLeasedBytes, 1, 900);
    }
}
