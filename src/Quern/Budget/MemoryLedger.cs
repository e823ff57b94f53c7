using System.Globalization;

namespace Quern.Budget;

/// <summary>The one account of a process's memory: who wants a large buffer leases it here first.</summary>
/// <remarks>
/// The ledger allocates nothing. Its invariant is <c>base + leased &lt;= limit</c>; a refused lease means shrink, spill
/// or wait, never an allocation. Small and short-lived objects are covered by the base. Safe for use by many threads.
/// </remarks>
public sealed class MemoryLedger
{
    /// <summary>What a process with the runtime, DuckDB's code and a small managed heap takes before it leases anything.</summary>
    /// <remarks>
    /// Measured resident on Debian 12: 33 MB with the runtime and the command, 64 MB with an open DuckDB; the rest is for
    /// small objects.
    /// </remarks>
    public const long RuntimeBytes = 80_000_000;

    readonly Lock _lock = new();
    readonly List<Lease> _leases = [];
    long _leased;
    long _peak;

    /// <summary>Opens the account.</summary>
    /// <param name="limit">What the whole process may hold.</param>
    /// <param name="baseBytes">What it holds without any lease. Default: <see cref="RuntimeBytes"/>.</param>
    /// <exception cref="QuernException">QN9002 (exit code 4) when the base alone reaches the limit.</exception>
    public MemoryLedger(MemorySize limit, long baseBytes = RuntimeBytes)
    {
        if (limit.Bytes <= baseBytes)
        {
            throw new QuernException(new Fault("QN9002", "the memory limit is below what the process needs to start")
            {
                Value = limit.ToString(),
                Wanted = $"more than {new MemorySize(baseBytes)}",
                Try = ["--memory 256MB     enough for small inputs", "--explain          shows what a run would lease"],
                ExitCode = ExitCode.MemoryLimit,
            });
        }
        LimitBytes = limit.Bytes;
        BaseBytes = baseBytes;
    }

    /// <summary>What the whole process may hold.</summary>
    public long LimitBytes { get; }

    /// <summary>What is set apart for the runtime and never leased.</summary>
    public long BaseBytes { get; }

    /// <summary>Leased now.</summary>
    public long LeasedBytes
    {
        get { lock (_lock) return _leased; }
    }

    /// <summary>The most that was leased at one time.</summary>
    public long PeakLeasedBytes
    {
        get { lock (_lock) return _peak; }
    }

    /// <summary>What could be leased now.</summary>
    public long FreeBytes
    {
        get { lock (_lock) return LimitBytes - BaseBytes - _leased; }
    }

    /// <summary>Who holds how much now, in order of leasing.</summary>
    public IReadOnlyList<(string Name, long Bytes)> Holders
    {
        get { lock (_lock) return [.. _leases.Select(lease => (lease.Name, lease.Bytes))]; }
    }

    /// <summary>Takes a part of the limit, or nothing.</summary>
    /// <param name="name">Who takes it, in words of the plan.</param>
    /// <param name="bytes">How much, zero or more.</param>
    /// <returns>The lease; null when there is not that much left.</returns>
    public Lease? TryTake(string name, long bytes)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(bytes);
        lock (_lock)
        {
            if (bytes > LimitBytes - BaseBytes - _leased) return null;
            var lease = new Lease(this, name, bytes);
            _leases.Add(lease);
            _leased += bytes;
            _peak = Math.Max(_peak, _leased);
            return lease;
        }
    }

    /// <summary>Takes a part of the limit that the caller cannot do without.</summary>
    /// <param name="name">Who takes it, in words of the plan.</param>
    /// <param name="bytes">How much, zero or more.</param>
    /// <exception cref="QuernException">QN9003 (exit code 4) when there is not that much left; it names the holders.</exception>
    public Lease Take(string name, long bytes) => TryTake(name, bytes) ?? throw Refused(name, bytes);

    /// <summary>The arithmetic of the limit: <c>512 MB = runtime 80 MB + duckdb 300 MB + free 132 MB</c>.</summary>
    public override string ToString()
    {
        lock (_lock)
        {
            var parts = _leases.Select(lease => $"{lease.Name} {new MemorySize(lease.Bytes)}")
                .Prepend($"runtime {new MemorySize(BaseBytes)}")
                .Append($"free {new MemorySize(LimitBytes - BaseBytes - _leased)}");
            return $"{new MemorySize(LimitBytes)} = {string.Join(" + ", parts)}";
        }
    }

    internal bool TryResize(Lease lease, long bytes)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(bytes);
        lock (_lock)
        {
            ObjectDisposedException.ThrowIf(!_leases.Contains(lease), lease);
            var more = bytes - lease.Bytes;
            if (more > LimitBytes - BaseBytes - _leased) return false;
            lease.Bytes = bytes;
            _leased += more;
            _peak = Math.Max(_peak, _leased);
            return true;
        }
    }

    internal void Return(Lease lease)
    {
        lock (_lock)
        {
            if (!_leases.Remove(lease)) return;
            _leased -= lease.Bytes;
            lease.Bytes = 0;
        }
    }

    QuernException Refused(string name, long bytes)
    {
        var enough = (LimitBytes - FreeBytes + bytes + 999_999) / 1_000_000;
        return new QuernException(new Fault("QN9003", $"the memory limit leaves no room for {name}")
        {
            Value = $"{new MemorySize(bytes)} more",
            Wanted = $"no more than is free of {this}",
            Try = [string.Create(CultureInfo.InvariantCulture, $"--memory {enough}MB")],
            ExitCode = ExitCode.MemoryLimit,
        });
    }
}
