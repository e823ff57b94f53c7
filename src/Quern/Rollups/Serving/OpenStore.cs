using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Quern.Rollups.Routing;
using Quern.Rollups.Store;

namespace Quern.Rollups.Serving;

/// <summary>A store that is open, behind a server.</summary>
/// <param name="store">The store; disposed by its owner, after the server.</param>
sealed class OpenStore(RollupStore store) : ServedStore
{
    static readonly JsonSerializerOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <inheritdoc/>
    public override string Schema { get; } = Write(store.Files.Manifest);

    /// <inheritdoc/>
    public override Answered Query(string query, AnswerFormat format, bool useRollups, CancellationToken cancel)
    {
        var result = IsJson(query) ? store.Query(query, useRollups, cancel) : store.QuerySql(query, useRollups, cancel);
        using var body = new MemoryStream();
        if (format == AnswerFormat.Csv) result.WriteCsv(body);
        else if (format == AnswerFormat.Arrow) result.WriteArrow(body);
        else result.WriteJson(body);
        return new(result.AnsweredBy, result.Rows, body.GetBuffer().AsMemory(0, (int)body.Length));
    }

    /// <inheritdoc/>
    public override string Explain(string query)
    {
        var explained = store.Explain(IsJson(query) ? store.Read(query, "") : store.ReadSql(query, ""));
        return new JsonObject
        {
            ["answered_by"] = explained.Route.Match?.Grain.Name ?? (explained.Missing is null ? RollupStore.FallbackName : null),
            ["missing"] = explained.Missing?.What,
            ["sql"] = explained.Sql,
            ["candidates"] = new JsonArray([.. explained.Route.Candidates.Select(Write)]),
        }.ToJsonString(Plain);
    }

    static JsonObject Write(Candidate candidate) => new()
    {
        ["grain"] = candidate.Grain,
        ["keys"] = FoldJson.Texts(candidate.Keys),
        ["rows"] = candidate.Rows,
        ["rows_to_read"] = candidate.RowsToRead < 0 ? null : candidate.RowsToRead,
        ["reason"] = candidate.Reason,
        ["change"] = candidate.Change,
    };

    static string Write(StoreManifest manifest) => new JsonObject
    {
        ["table"] = manifest.Fold.Source.Name,
        ["rows"] = manifest.Rows.Kept,
        ["columns"] = new JsonArray(
        [
            .. manifest.Fold.Source.Columns.Select(c => new JsonObject { ["name"] = c.Name, ["type"] = c.Type.ToString() }),
            .. manifest.Fold.Derived.Select(d => new JsonObject { ["name"] = d.Name }),
        ]),
        ["measures"] = new JsonArray([.. manifest.Measures.Select(m => new JsonObject { ["of"] = m.Of, ["keep"] = FoldJson.States(m.Keep) })]),
        ["grains"] = new JsonArray(
            [.. manifest.Grains.Select(g => new JsonObject { ["name"] = g.Name, ["keys"] = FoldJson.Texts(g.Keys), ["rows"] = g.Rows })]),
    }.ToJsonString(Plain);
}
