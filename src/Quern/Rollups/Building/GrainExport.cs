using Quern.Arrow;
using Quern.Budget;
using Quern.Duck;
using Quern.Rollups.Export;
using Quern.Rollups.Store;
using Quern.Running;

namespace Quern.Rollups.Building;

/// <summary>Writes the grains of a store for other tools, beside the store.</summary>
/// <param name="run">Its memory.</param>
/// <param name="request">What is written.</param>
sealed class GrainExport(Run run, RollupBuildRequest request)
{
    const string ArrowKind = "arrow";
    const string MappedKind = "arrow-uncompressed";
    const string DuckKind = "duckdb";

    static readonly string[] Kinds = [ArrowKind, MappedKind, DuckKind];

    /// <summary>Finds out whether there is an export of a name.</summary>
    /// <exception cref="QuernException">QN1005, exit code 2: there is none.</exception>
    public static void Check(string? kind)
    {
        if (kind is null || Kinds.Contains(kind)) return;
        throw new QuernException(new Fault("QN1005", "not an export")
        {
            Where = "--export",
            Value = $"\"{kind}\"",
            Wanted = string.Join(", ", Kinds),
            Try = [$"--export {NearestName.Of(kind, Kinds) ?? ArrowKind}"],
            ExitCode = ExitCode.Usage,
        });
    }

    /// <summary>Where an export of a store lies.</summary>
    public static string Name(string store, string kind) => store.TrimEnd('/') + (kind == DuckKind ? ".duckdb" : "-arrow");

    /// <summary>Writes it.</summary>
    /// <param name="files">The store.</param>
    /// <param name="path">Absolute path of the store.</param>
    /// <returns>Rows of all grains.</returns>
    public long Write(RollupFiles files, string path)
    {
        var to = Name(path, request.Export!);
        if (request.Export != DuckKind)
        {
            var options = new ArrowOptions { Codec = request.Export == ArrowKind ? ArrowCodec.Lz4 : ArrowCodec.None, Threads = request.Threads };
            return StoreExport.Arrow(files, to, options, run.Cancellation).Sum();
        }
        var share = EngineShare.Of(run.Memory, request.Threads);
        using var spill = SpillDirectory.Create(request.TempDirectory);
        using var lease = run.Memory.Take("duckdb", share.EngineBytes);
        using var database = DuckDatabase.Open(new DuckOptions
        {
            MemoryLimitBytes = share.EngineBytes,
            Threads = share.Threads,
            TempDirectory = spill.Path,
            Settings = share.Settings,
        });
        return StoreExport.DuckDb(files, to, database, run.Cancellation).Sum();
    }
}
