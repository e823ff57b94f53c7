using Quern.Duck;

namespace Quern.Projects.Warehouses;

/// <summary>What the caller decides about the database of a run; it wins over the profile.</summary>
public sealed record WarehouseOptions
{
    /// <summary>Absolute path of the working directory: relative paths of the profile begin here.</summary>
    public required string WorkingDirectory { get; init; }

    /// <summary>Bytes that the engine's buffers may take; null for the profile's <c>memory_limit</c>, or else
    /// <see cref="Budget.MachineMemory.DefaultShare"/> of what the machine allows.</summary>
    public long? MemoryLimitBytes { get; init; }

    /// <summary>Who chose <see cref="MemoryLimitBytes"/>, for people. Default: <c>--memory</c>.</summary>
    public string MemoryChosenBy { get; init; } = "--memory";

    /// <summary>Who chose <see cref="EngineThreads"/>, for people. Default: <c>--threads</c>.</summary>
    public string ThreadsChosenBy { get; init; } = "--threads";

    /// <summary>Threads that the engine runs a query with; null for the profile's <c>threads</c> setting, or else all of the machine.</summary>
    public int? EngineThreads { get; init; }

    /// <summary>Where the engine spills to; empty to forbid it. See <see cref="SpillDirectory"/>.</summary>
    public required string TempDirectory { get; init; }

    /// <summary>Settings of the engine that go with the memory limit; the profile's win. Default: none.</summary>
    public IReadOnlyDictionary<string, string> EngineSettings { get; init; } = new Dictionary<string, string>();

    /// <summary>Only read the database file. Default: false.</summary>
    public bool ReadOnly { get; init; }

    /// <summary>Ends looks at the files of CSV sources. Default: none.</summary>
    public CancellationToken Cancellation { get; init; }

    /// <summary>What errors must not show. Default: nothing.</summary>
    public Secrets Secrets { get; init; } = new();

    /// <summary>Takes warnings: code and sentence. Default: nobody.</summary>
    public Action<string, string> Warn { get; init; } = (_, _) => { };
}
