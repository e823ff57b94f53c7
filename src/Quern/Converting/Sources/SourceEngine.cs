using Quern.Budget;
using Quern.Duck;
using Quern.Running;

namespace Quern.Converting.Sources;

/// <summary>Opens an engine for a source, inside the memory that a run may hold.</summary>
/// <param name="run">The run.</param>
/// <param name="source">What is read.</param>
/// <param name="askedThreads">Threads that may work.</param>
/// <param name="tempDirectory">Absolute path of the folder for temporary files; null for the system's.</param>
/// <param name="isOrdered">Rows keep the order of the inputs.</param>
sealed class SourceEngine(Run run, Source source, int askedThreads, string? tempDirectory, bool isOrdered)
{
    const string Indivisible = "room for the rows that are written at a time, and for those that are sorted";

    /// <summary>What else takes memory beside the engine, in bytes. Default: 0.</summary>
    public long BesideBytes { get; init; }

    /// <summary>Gives the engine to some work, and closes it.</summary>
    /// <exception cref="QuernException">What the work throws, in words about the memory limit or the temporary folder where that is the
    /// reason.</exception>
    public void Use(Action<DuckDatabase, DuckSession, EngineShare> work)
    {
        var threads = EngineShare.Of(run.Memory, askedThreads).Threads;
        using var reading = run.Memory.Take("reading", source.MemoryBytes(threads, run.Memory.LimitBytes) + BesideBytes);
        var share = EngineShare.Of(run.Memory, askedThreads);
        using var spill = SpillDirectory.Create(tempDirectory);
        using var lease = run.Memory.Take("duckdb", share.EngineBytes);
        using var database = DuckDatabase.Open(new DuckOptions
        {
            MemoryLimitBytes = share.EngineBytes,
            Threads = share.Threads,
            TempDirectory = spill.Path,
            Settings = new Dictionary<string, string>(share.Settings) { ["preserve_insertion_order"] = isOrdered ? "true" : "false" },
        });
        run.Version("duckdb", DuckLibrary.Version);
        using var session = database.Connect();
        try
        {
            work(database, session, share);
        }
        catch (QuernException e)
        {
            if ((SpillFault.Of(e, database.Options) ?? MemoryFault.Of(e, run.Memory.LimitBytes, Indivisible)) is { } fault) throw fault;
            throw;
        }
    }
}
