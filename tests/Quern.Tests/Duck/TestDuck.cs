using Quern.Duck;

namespace Quern.Tests.Duck;

/// <summary>Databases in memory for tests.</summary>
static class TestDuck
{
    public static DuckOptions Options => new() { MemoryLimitBytes = 500_000_000, Threads = 2, TempDirectory = "" };

    public static DuckSession Memory()
    {
        using var database = DuckDatabase.Open(Options);
        return database.Connect();
    }
}
