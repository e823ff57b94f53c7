using System.Text.Json.Nodes;
using Quern.Rollups.Queries;
using Quern.Rollups.Routing;

namespace Quern.Rollups;

/// <summary>What would answer a query, and why.</summary>
/// <param name="Name">The name of the query.</param>
/// <param name="Lines">In words, at most 80 columns wide where words allow.</param>
/// <param name="Json">For programs.</param>
public sealed record QueryExplanation(string Name, IReadOnlyList<string> Lines, JsonObject Json)
{
    /// <summary>Explains queries.</summary>
    /// <param name="store">Absolute path of the store.</param>
    /// <param name="options">What the fallback may take.</param>
    /// <param name="queries">Absolute path of a folder or file, or -; null for SQL.</param>
    /// <param name="sql">A query of the SQL subset; null for queries.</param>
    /// <param name="input">What standard input holds.</param>
    /// <exception cref="QuernException">QN7501 to QN7506: the store; QN7530 to QN7557, QN7564: the queries.</exception>
    public static IReadOnlyList<QueryExplanation> Of(string store, RollupStoreOptions options, string? queries, string? sql, Func<string> input)
    {
        using var rollups = RollupStore.Open(store, options);
        return [.. Texts(queries, sql, input).Select(text =>
        {
            var explanation = rollups.Explain(rollups.Read(text));
            var json = ExplanationText.Json(explanation);
            json.Insert(0, "name", text.Name);
            return new QueryExplanation(text.Name, [.. ExplanationText.Lines(explanation)], json);
        })];
    }

    /// <summary>Says which grains a workload needs, and which it does not.</summary>
    /// <param name="store">Absolute path of the store.</param>
    /// <param name="options">What the fallback may take: it counts values of columns that are no keys.</param>
    /// <param name="queries">Absolute path of a folder or file, or -.</param>
    /// <param name="input">What standard input holds.</param>
    /// <param name="cancel">Stops between queries.</param>
    /// <exception cref="QuernException">As <see cref="Of"/>.</exception>
    public static IReadOnlyList<Suggestion> Suggest(
        string store, RollupStoreOptions options, string queries, Func<string> input, CancellationToken cancel)
    {
        using var rollups = RollupStore.Open(store, options);
        return rollups.Suggest([.. Texts(queries, null, input).Select(text => (text.Name, rollups.Read(text)))], cancel);
    }

    static IEnumerable<QueryText> Texts(string? queries, string? sql, Func<string> input) =>
        sql is not null ? [new QueryText("q1", "--sql", null, sql)] : QueryTexts.Find(queries!, input).Select(q => q.Read());
}
