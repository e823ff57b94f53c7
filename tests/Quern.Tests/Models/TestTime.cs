namespace Quern.Tests.Models;

/// <summary>A clock that stands still until it is set on.</summary>
sealed class TestTime : TimeProvider
{
    DateTimeOffset _now = new(2024, 3, 10, 8, 0, 0, TimeSpan.Zero);

    public override DateTimeOffset GetUtcNow() => _now;

    public void Pass(TimeSpan span) => _now += span;
}
