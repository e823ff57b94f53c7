namespace Quern.Rollups;

/// <summary>What a store may take to answer what no grain can.</summary>
public sealed record RollupStoreOptions
{
    const long UsualBytes = 1L << 30;

    /// <summary>Memory of the engine, which is started by the first query that needs it. Default: 1 GiB.</summary>
    public long EngineBytes { get; init; } = UsualBytes;

    /// <summary>Threads of the engine. Default: those of the machine.</summary>
    public int Threads { get; init; } = Environment.ProcessorCount;

    /// <summary>Folder for temporary files of the engine, absolute. Default: null, the system's.</summary>
    public string? TempDirectory { get; init; }
}
