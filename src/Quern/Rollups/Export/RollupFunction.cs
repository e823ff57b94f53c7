using Quern.Chunks;
using Quern.Duck;
using Quern.Rollups.Store;

namespace Quern.Rollups.Export;

/// <summary>A grain of a store in SQL: <c>select day, rows from quern_rollup('store', 'day_type')</c>.</summary>
/// <param name="folder">What paths of stores are relative to; absolute.</param>
/// <param name="maxThreads">Threads that may read at once. With 1 rows come in their order.</param>
sealed class RollupFunction(string folder, int maxThreads) : TableFunction
{
    /// <inheritdoc/>
    public override string Name => "quern_rollup";

    /// <inheritdoc/>
    public override IReadOnlyList<LogicalType> Parameters { get; } = [LogicalType.Of(TypeKind.Varchar), LogicalType.Of(TypeKind.Varchar)];

    /// <inheritdoc/>
    public override TableSource Bind(TableArguments arguments)
    {
        var files = RollupFiles.Open(Path.GetFullPath(arguments[0] as string ?? "", folder));
        try
        {
            return new Table(files, Grain(files, arguments[1] as string ?? ""), maxThreads);
        }
        catch
        {
            files.Dispose();
            throw;
        }
    }

    static StoredGrain Grain(RollupFiles files, string name) =>
        files.Grains.FirstOrDefault(g => string.Equals(g.Name, name, StringComparison.OrdinalIgnoreCase))
            ?? throw StoreFaults.NoGrain(files.Folder, name, files.Grains.Select(g => g.Name));

    sealed class Table : TableSource
    {
        readonly RollupFiles _files;
        readonly StoredGrain _grain;
        readonly GrainColumns _columns;
        readonly int _threads;

        public Table(RollupFiles files, StoredGrain grain, int threads)
        {
            (_files, _grain, _threads) = (files, grain, Math.Clamp(threads, 1, Math.Max(1, grain.Blocks)));
            _columns = new(grain);
        }

        public override Schema Schema => _columns.Schema;

        public override long? EstimatedRows => _grain.Rows;

        public override bool EstimateIsExact => true;

        public override TableScan Scan(IReadOnlyList<int> columns) =>
            new Pass(_files.Use(), new GrainPass(_grain, [.. columns.Select(c => _columns[c])]), _threads);

        public override void Dispose()
        {
            _files.Dispose();
            base.Dispose();
        }
    }

    sealed class Pass(StoreUse use, GrainPass pass, int threads) : TableScan
    {
        public override int MaxThreads => threads;

        public override TableReader Open() => new GrainPass.Reader(pass);

        public override void Dispose()
        {
            use.Dispose();
            base.Dispose();
        }
    }
}
