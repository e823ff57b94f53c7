using System.Text.Json;
using Quern.Folding.Expressions;
using Quern.Rollups.Answering;
using Quern.Rollups.Queries;
using Quern.Rollups.Routing;
using Quern.Rollups.Store;

namespace Quern.Rollups;

/// <summary>Rollups that are open for queries. Any number of threads may ask at once; a build that replaces the folder does not disturb them.</summary>
public sealed class RollupStore : IDisposable
{
    /// <summary>What <see cref="QueryResult.AnsweredBy"/> says when no grain did.</summary>
    public const string FallbackName = "fallback";

    readonly RollupFiles _files;
    readonly FoldColumns _columns;
    readonly Router _router;
    readonly Fallback _fallback;

    RollupStore(RollupFiles files, RollupStoreOptions options)
    {
        _files = files;
        _columns = new FoldColumns(files.Manifest.Fold);
        _router = new Router(_columns, files.Grains);
        _fallback = new Fallback(files, _columns, options);
    }

    /// <summary>The table that queries name behind <c>from</c>.</summary>
    public string Table => _files.Manifest.Fold.Source.Name;

    internal RollupFiles Files => _files;

    internal FoldColumns Columns => _columns;

    /// <summary>Opens a store. Its manifest is read; grains and the engine wait for the queries that need them.</summary>
    /// <param name="path">Absolute path of its folder.</param>
    /// <param name="options">What the fallback may take. Default: as <see cref="RollupStoreOptions"/> says.</param>
    /// <exception cref="QuernException">QN7501 to QN7505: there is no store, or it is damaged.</exception>
    public static RollupStore Open(string path, RollupStoreOptions? options = null)
    {
        var files = RollupFiles.Open(path);
        try
        {
            return new RollupStore(files, options ?? new RollupStoreOptions());
        }
        catch
        {
            files.Dispose();
            throw;
        }
    }

    /// <summary>Answers a query of the JSON grammar (docs/rollup-queries.md).</summary>
    /// <param name="json">An object.</param>
    /// <param name="useRollups">False answers from the fallback only. Default: true.</param>
    /// <param name="cancel">Stops between blocks.</param>
    /// <exception cref="QuernException">QN7530 to QN7557 (exit code 2): the query is wrong; QN7561, QN7562: nothing can answer it; QN7504 to QN7506:
    /// the store is damaged.</exception>
    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    public QueryResult Query(string json, bool useRollups = true, CancellationToken cancel = default) =>
        Answer(Read(json, ""), useRollups, cancel);

    /// <summary>Answers a query of the SQL subset (docs/rollup-queries.md).</summary>
    /// <param name="sql">A select.</param>
    /// <param name="useRollups">False answers from the fallback only. Default: true.</param>
    /// <param name="cancel">Stops between blocks.</param>
    /// <exception cref="QuernException">As <see cref="Query"/>.</exception>
    public QueryResult QuerySql(string sql, bool useRollups = true, CancellationToken cancel = default) =>
        Answer(ReadSql(sql, ""), useRollups, cancel);

    /// <summary>Closes the store; queries that are being answered end first.</summary>
    public void Dispose()
    {
        _fallback.Dispose();
        _files.Dispose();
    }

    internal RollupQuery Read(string json, string source)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            return QueryJson.Read(document.RootElement, _files.Manifest.Fold, _columns, source);
        }
        catch (JsonException e)
        {
            throw QueryFaults.NotJson(source.Length == 0 ? null : source, e.Message);
        }
    }

    internal RollupQuery Read(JsonElement json, string source) => QueryJson.Read(json, _files.Manifest.Fold, _columns, source);

    internal RollupQuery ReadSql(string sql, string source) => Queries.QuerySql.Read(sql, _files.Manifest.Fold, _columns, source);

    internal QueryResult Answer(RollupQuery query, bool useRollups, CancellationToken cancel)
    {
        using var use = _files.Use();
        var headers = query.Select.Select(s => s.Header).ToList();
        if (useRollups && _router.Find(query) is { } match)
        {
            var scan = new GrainScan(match);
            return new QueryResult(headers, Finishing.Finish(query, scan.Read(cancel)), match.Grain.Name, scan.RowsRead);
        }
        return new QueryResult(headers, _fallback.Read(query, cancel), FallbackName, -1);
    }

    internal Explanation Explain(RollupQuery query)
    {
        using var use = _files.Use();
        var route = _router.Explain(query);
        var missing = route.Match is null ? _fallback.Missing() : null;
        return new Explanation(query, route, _files.Manifest.Fold.Fallback, missing, route.Match is null && missing is null ? _fallback.Sql(query) : null);
    }
}
