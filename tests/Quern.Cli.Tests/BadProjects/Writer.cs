using Quern.Duck;

namespace Quern.Cli.Tests.BadProjects;

/// <summary>Holds a database open for writing, as another process would.</summary>
sealed class Writer : IDisposable
{
    readonly DuckDatabase _database;

    public Writer(string path) => _database = DuckDatabase.Open(new DuckOptions
    {
        Path = path,
        MemoryLimitBytes = 100_000_000,
        Threads = 1,
        TempDirectory = "",
    });

    public void Dispose() => _database.Dispose();
}
