using System.Globalization;
using Quern.Csv;
using Quern.Duck;
using Quern.Folding.Declared;
using Quern.Folding.Expressions;
using Quern.Rollups.Queries;
using Quern.Rollups.Store;

namespace Quern.Rollups.Answering;

/// <summary>Answers from all rows, with the engine: from the Parquet files of the store, or from the files that were folded as long as they are
/// what they were. The engine is loaded by the first query that needs it.</summary>
/// <param name="files">The store.</param>
/// <param name="columns">The columns of its fold.</param>
/// <param name="options">What the engine may take.</param>
sealed class Fallback(RollupFiles files, FoldColumns columns, RollupStoreOptions options) : IDisposable
{
    const string View = "quern_rollup_rows";

    readonly Lock _lock = new();
    DuckDatabase? _database;
    SpillDirectory? _spill;
    bool _isDisposed;

    Fold Fold => files.Manifest.Fold;

    /// <summary>Why nothing can be answered; null when it can.</summary>
    public Fault? Missing()
    {
        if (Fold.Fallback == FallbackKind.Parquet && files.Fallback.Count > 0) return null;
        if (Fold.Fallback != FallbackKind.Raw) return NoFallback();
        foreach (var source in files.Manifest.Sources)
        {
            var file = new FileInfo(source.Path);
            // Some file systems keep whole seconds.
            if (file.Exists && file.Length == source.Bytes && (file.LastWriteTimeUtc - source.Modified.UtcDateTime).Duration() < TimeSpan.FromSeconds(1)) continue;
            return new Fault("QN7562", "the files have changed since the rollups were built")
            {
                Where = source.Path,
                Value = file.Exists ? string.Create(CultureInfo.InvariantCulture, $"{file.Length:N0} bytes, modified {file.LastWriteTimeUtc:yyyy-MM-dd HH:mm:ss}") : "it is gone",
                Wanted = string.Create(CultureInfo.InvariantCulture, $"{source.Bytes:N0} bytes, modified {source.Modified.UtcDateTime:yyyy-MM-dd HH:mm:ss}"),
                Try = ["quern rollup build     builds them anew", "fallback: parquet      keeps the rows in the store"],
            };
        }
        return null;
    }

    /// <summary>What the engine is told.</summary>
    public string Sql(RollupQuery query) => new QuerySqlText(Fold, columns).Of(query, Relation());

    /// <summary>The columns of the result of a query.</summary>
    /// <exception cref="QuernException">QN7561, QN7562: there is no fallback; or what the engine says.</exception>
    public IReadOnlyList<ResultColumn> Read(RollupQuery query, CancellationToken cancel)
    {
        if (Missing() is { } missing) throw new QuernException(missing);
        using var session = Open().Connect();
        session.Execute("set TimeZone = 'UTC'", cancel);
        using var result = session.Query(Sql(query), cancel);
        var columns = query.Select.Select(s => new FallbackColumn(query.TypeOf(s.Value), query.BucketOf(s.Value))).ToArray();
        while (result.Next() is { } chunk)
            for (var c = 0; c < columns.Length; c++) columns[c].Add(chunk[c], chunk.Rows);
        return [.. columns.Select(c => c.Column())];
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        lock (_lock)
        {
            _isDisposed = true;
            _database?.Dispose();
            _spill?.Dispose();
        }
    }

    DuckDatabase Open()
    {
        lock (_lock)
        {
            ObjectDisposedException.ThrowIf(_isDisposed, this);
            if (_database is not null) return _database;
            _spill = SpillDirectory.Create(options.TempDirectory);
            var database = DuckDatabase.Open(new DuckOptions
            {
                MemoryLimitBytes = options.EngineBytes,
                Threads = options.Threads,
                TempDirectory = _spill.Path,
            });
            if (Fold.Fallback == FallbackKind.Raw)
            {
                using var session = database.Connect();
                session.Register(new CsvView(View, Raw(), options.Threads));
            }
            return _database = database;
        }
    }

    string Relation() => Fold.Fallback == FallbackKind.Raw ? $"{View}()" : $"read_parquet({Duck.Sql.Files(files.Fallback)})";

    CsvRead Raw() => new()
    {
        Files = [.. files.Manifest.Sources.Select(s => new CsvFile(s.Path, Path.GetFileName(s.Path)))],
        Columns = [.. Fold.Source.Columns.Select(c => new CsvColumn(c.Name, c.Type) { Empty = OnEmpty.Null })],
    };

    static Fault NoFallback() => new("QN7561", "no grain can answer the query, and the store has no fallback")
    {
        Try = ["quern rollup explain     says what each grain lacks", "fallback: parquet        in quern.yml, and quern rollup build"],
    };
}
