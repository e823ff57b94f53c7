namespace Quern.Models;

/// <summary>When the parts of a node's work began and ended.</summary>
/// <param name="time">The clock.</param>
sealed class NodeClock(TimeProvider time)
{
    readonly long _began = time.GetTimestamp();
    readonly DateTimeOffset _start = time.GetUtcNow();
    DateTimeOffset? _compiled;

    /// <summary>The compiled SQL; null when there is none.</summary>
    public string? Sql { get; private set; }

    /// <summary>Compiling is done.</summary>
    public void Compiled(string? sql)
    {
        _compiled = time.GetUtcNow();
        Sql = sql;
    }

    /// <summary>Seconds since the beginning.</summary>
    public double Seconds => time.GetElapsedTime(_began).TotalSeconds;

    /// <summary>When compiling began and ended.</summary>
    public (DateTimeOffset Start, DateTimeOffset End)? Compiling => _compiled is { } end ? (_start, end) : null;

    /// <summary>When executing began, and now.</summary>
    public (DateTimeOffset Start, DateTimeOffset End)? Executing => (_compiled ?? _start, time.GetUtcNow());
}
